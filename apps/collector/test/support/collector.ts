import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApp } from '../../src/app.ts'
import { Api } from './api.ts'

/** A folder that is gone when disposed. */
export async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'headroom-test-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

type Options = { env?: Record<string, string>; port?: number; data?: string }

/** The whole collector in this process, on a folder that holds its headroom.yaml and its data. */
export class Collector extends Api implements AsyncDisposable {
  readonly folder: string
  /** Every line it logged. */
  readonly log: readonly string[]
  readonly #end: () => Promise<void>

  private constructor(url: string, folder: string, log: readonly string[], end: () => Promise<void>) {
    super(url)
    this.folder = folder
    this.log = log
    this.#end = end
  }

  static async start(folder: string, yaml: string, { env = {}, port = 0, data }: Options = {}): Promise<Collector> {
    const log: string[] = []
    const config = join(folder, 'headroom.yaml')
    await writeFile(config, yaml)
    const app = await startApp({
      config,
      demo: false,
      host: '127.0.0.1',
      port,
      data: data ?? join(folder, 'data'),
      lookup: (name) => env[name],
      write: (line) => log.push(line),
    })
    return new Collector(app.url, folder, log, async () => app[Symbol.asyncDispose]())
  }

  /** Saves another headroom.yaml as careful editors do: beside it first, then under its name. */
  async save(yaml: string): Promise<void> {
    await writeFile(join(this.folder, 'new.yaml'), yaml)
    await rename(join(this.folder, 'new.yaml'), join(this.folder, 'headroom.yaml'))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#end()
  }
}

/** A system with one JSON endpoint, asked every second if nothing else is said, as a line of `systems:`. */
export function watched(
  id: string,
  url: string,
  more: { every?: string; source?: string; system?: string } = {},
): string {
  const source = `{ type: http-json, url: "${url}", every: ${more.every ?? '1s'}${more.source === undefined ? '' : `, ${more.source}`} }`
  return `  - { id: ${id}, sources: [${source}]${more.system === undefined ? '' : `, ${more.system}`} }\n`
}
