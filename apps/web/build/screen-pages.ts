import type { Plugin, Rolldown } from 'vite'

/** The files of a screen: the modules, as paths in this folder, that its address needs beside the first script. */
export type Screens = Record<string, readonly string[]>

/**
 * Builds a page of its own for each screen that is a script of its own: index.html once more, in the folder of the
 * screen's address, with links to the scripts of the screen. So they come together with the first one, and not once
 * that has run and has asked for them.
 */
export function screenPages(screens: Screens): Plugin {
  return {
    name: 'screen-pages',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const index = bundle['index.html']
        if (index?.type !== 'asset') return this.error('there is no index.html to make the screens’ pages of')
        const html = String(index.source)
        for (const [folder, modules] of Object.entries(screens)) {
          const links = modules.flatMap((module) => {
            const chunk = Object.values(bundle).find(
              (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(`/${module}`) === true,
            )
            return chunk?.type === 'chunk'
              ? [...linksOf(chunk, bundle)]
              : this.error(`${module} is no script of its own`)
          })
          const missing = [...new Map(links)].filter(([file]) => !html.includes(`/${file}"`)).map(([, link]) => link)
          this.emitFile({
            type: 'asset',
            fileName: `${folder}/index.html`,
            source: html.replace('</head>', `  ${missing.join('\n    ')}\n  </head>`),
          })
        }
      },
    },
  }
}

/** Links to a chunk and to all that it imports, by the names of the files. */
function linksOf(
  chunk: Rolldown.OutputChunk,
  bundle: Rolldown.OutputBundle,
  seen = new Map<string, string>(),
): Map<string, string> {
  if (seen.has(chunk.fileName)) return seen
  seen.set(chunk.fileName, `<link rel="modulepreload" crossorigin href="/${chunk.fileName}">`)
  for (const name of chunk.imports) {
    const imported = bundle[name]
    if (imported?.type === 'chunk') linksOf(imported, bundle, seen)
  }
  return seen
}
