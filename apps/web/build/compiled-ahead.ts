import type { Plugin } from 'vite'

/**
 * Tells the browser to compile each script whole as it arrives, beside the page's own thread, and not function by
 * function on that thread once it runs: of what one needs for a screen, almost all is called at once. Chromium's
 * "explicit compile hints"; other browsers read a comment. It must be the first of the file.
 */
export function compiledAhead(): Plugin {
  return {
    name: 'compiled-ahead',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk') file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
      },
    },
  }
}
