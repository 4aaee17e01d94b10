import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import type { RenderOptions } from './schema.ts'

/** Opens what is watched of one system on Render. How it is asked is loaded when it is asked first. */
export function openRender(options: RenderOptions & CommonOptions, context: SourceContext): PollSource {
  let opened: Promise<PollSource> | undefined
  return {
    async poll(signal) {
      opened ??= import('./watch.ts').then(({ watchRender }) => watchRender(options, context))
      return (await opened).poll(signal)
    },
    async [Symbol.asyncDispose]() {
      await (await opened)?.[Symbol.asyncDispose]()
    },
  }
}
