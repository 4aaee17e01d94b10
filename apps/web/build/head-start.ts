import { build } from 'vite'
import type { Plugin, Rolldown } from 'vite'

/**
 * Puts a script into the head of every page that runs before anything is drawn: what it asks for is answered while the
 * page's own script is still being read. It is one small file, which nothing else has to come for, and the rest of the
 * page waits for it: as a module it would run after the first layout, and that waits for the fonts.
 */
export function headStart(module: string): Plugin {
  return {
    name: 'head-start',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const index = bundle['index.html']
        if (index?.type !== 'asset') return this.error('there is no index.html to name the head start in')
        const file = this.emitFile({ type: 'asset', name: 'head-start.js', source: await builtAlone(module) })
        const script = `<script src="/${this.getFileName(file)}"></script>`
        // Behind the page's own script, which is fetched meanwhile, and before the styles, which it would wait for.
        index.source = String(index.source).replace('</script>', `</script>\n    ${script}`)
      },
    },
  }
}

async function builtAlone(module: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: module, output: { format: 'iife' } },
    },
  })
  const [only, ...others] = chunksOf(built)
  if (only === undefined || others.length > 0) throw new Error(`${module} is not built into one file.`)
  return only.code
}

function chunksOf(built: Awaited<ReturnType<typeof build>>): Rolldown.OutputChunk[] {
  if (!('output' in built)) return []
  return built.output.filter((file) => file.type === 'chunk')
}
