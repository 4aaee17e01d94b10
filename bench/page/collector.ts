import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SystemView } from '@headroom/shared/model/system.ts'

/** The whole of a run: a collector and the systems it watches, both in one process of their own. */
export type Watched = AsyncDisposable & { url: string }

const EVERY = '5s'
const SystemStates = SystemView.array()

if (process.argv[2] === 'collect') await collect(process.argv[3] ?? '', Number(process.argv[4]))

/** Starts a collector that watches so many systems, each asked every 5 s and each answering something else every time. */
export async function startCollector(systems: number): Promise<Watched> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-page-'))
  const child = fork(fileURLToPath(import.meta.url), ['collect', folder, String(systems)])
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (said: string) => resolve(said))
    child.once('exit', () => reject(new Error('The collector ended before it listened.')))
  })
  await everySystemIsHeard(url)
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A page that is opened before shows how systems come one by one, which is another thing. */
async function everySystemIsHeard(url: string): Promise<void> {
  for (;;) {
    const systems = SystemStates.parse(await (await fetch(`${url}/api/v1/systems`)).json())
    if (systems.every(({ state }) => state === 'ok')) return
    await new Promise((resolve) => {
      setTimeout(resolve, 250)
    })
  }
}

async function collect(folder: string, systems: number): Promise<void> {
  const { startApp } = await import('@headroom/collector/app.ts')
  let asked = 0
  const endpoint = createServer((_request, response) => {
    asked += 1
    const wave = (period: number): number => (1 + Math.sin(asked / period)) / 2
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        status: 'healthy',
        sessions: { active: Math.round(60 * wave(370)), max_allowed: 100 },
        system: { cpu_percent: 20 + 40 * wave(210), memory_percent: 30 + 20 * wave(900) },
      }),
    )
  })
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
  const { port } = endpoint.address() as AddressInfo
  const lines = Array.from(
    { length: systems },
    (_, at) =>
      `  - { id: service-${at}, name: Service ${at}, sources: [{ type: http-json, url: "http://127.0.0.1:${port}/${at}", every: ${EVERY} }] }`,
  )
  const config = join(folder, 'headroom.yaml')
  await writeFile(config, `systems:\n${lines.join('\n')}\n`)
  const app = await startApp({
    config,
    demo: false,
    host: '127.0.0.1',
    port: 0,
    data: join(folder, 'data'),
    lookup: () => undefined,
    write: () => undefined,
  })
  process.send?.(app.url)
  await new Promise((resolve) => process.once('disconnect', resolve))
  await app[Symbol.asyncDispose]()
  endpoint.closeAllConnections()
  endpoint.close()
}
