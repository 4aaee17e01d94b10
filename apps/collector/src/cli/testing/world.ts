import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnv } from '../../config/env.ts'
import type { SourceTable } from '../../config/source-schema.ts'
import { SMALL_SOURCES } from '../../config/testing/small-sources.ts'
import { systemClock } from '../../lib/clock.ts'
import { loadPresets } from '../../presets/load.ts'
import { runCli } from '../index.ts'
import type { StartOptions } from '../types.ts'

export type Outcome = { code: number; out: string; err: string; started: StartOptions[] }

/** A folder of its own to run the program in; everything is real but what `start` starts. */
export type World = AsyncDisposable & {
  folder: string
  run(argv: readonly string[], variables?: Record<string, string>): Promise<Outcome>
}

const presets = loadPresets()

export async function newWorld(sources: SourceTable = SMALL_SOURCES): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-cli-'))
  return {
    folder,
    run: async (argv, variables = {}) => {
      const outcome: Outcome = { code: -1, out: '', err: '', started: [] }
      outcome.code = await runCli(argv, {
        stdout: (text) => (outcome.out += text),
        stderr: (text) => (outcome.err += text),
        env: readEnv(variables),
        cwd: folder,
        version: '1.2.3',
        clock: systemClock,
        sources,
        presets,
        start: async (options) => {
          outcome.started.push(options)
          return 0
        },
      })
      return outcome
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

export type Server = AsyncDisposable & { url: string }

/** A server on loopback that answers each page of the table with its JSON, and all others with 404. */
export async function serve(
  pages: Readonly<Record<string, unknown>>,
  look?: (request: IncomingMessage) => void,
): Promise<Server> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    look?.(request)
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const found = Object.hasOwn(pages, path)
    response
      .writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(found ? pages[path] : { error: 'no page', code: 404 }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
