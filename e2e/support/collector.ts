import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, startApp } from '@headroom/collector/app.ts'

/** A collector of one's own: on a temporary folder and a free port, with a configuration given as text. */
export async function startCollector(
  yaml: string,
  options: { folder?: string; port?: number } = {},
): Promise<App & { folder: string; writeConfig(yaml: string): Promise<void> }> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'headroom-e2e-')))
  const file = join(folder, 'headroom.yaml')
  await writeFile(file, yaml)
  const app = await startApp({
    config: file,
    demo: false,
    host: '127.0.0.1',
    port: options.port ?? 0,
    data: join(folder, 'data'),
    lookup: (name) => process.env[name],
    write: () => undefined,
  })
  return {
    url: app.url,
    folder,
    writeConfig: (text) => writeFile(file, text),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
