// `npm start` and `npm test` on a machine that has nothing but Node and npm.
// This file is parsed by whatever Node is there, so it holds only what an old one understands: enough to say it is old.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 20 || (major === 20 && minor >= 19)) {
  void import('./launch/main.mjs').then(({ main }) => main(process.argv.slice(2)))
} else {
  console.error(
    `Headroom needs Node 20.19 or newer to start, and this is ${process.version}.\n` +
      'Install a current Node (nodejs.org, nvm, or your package manager) and run the same command again.',
  )
  process.exitCode = 1
}
