import { Collector, temporaryFolder, watched } from './collector.ts'
import { Endpoint, json } from './endpoint.ts'
import { LiveClient } from './live-client.ts'

const FLAG = `limits: { sessions: 100, sessions.tested: 40 },
    flags: [{ id: queue-long, metric: queue.length, above: 40, severity: warning, title: Long queue, steps: [Wait.] }]`
const CALM = { status: 'ok', queue_length: 3, active_sessions: 12, recommendations: ['All is well.'] }

const PLANNED = `event: { id: wed, name: "Wednesday workshop", systems: [shop], timezone: Europe/Amsterdam, start: "2026-11-25T09:00",
  end: "2026-11-25T12:00", people: 30, runsheet: [{ at: "09:30", name: Lab 1 }] }\n`

/** What is asked of the past as well. */
export const OF_A_MOMENT = [
  '/systems',
  '/series',
  '/series?system=shop&all=1',
  '/alerts',
  '/alerts?state=all',
  '/flags?system=shop',
  '/notes',
  '/definitions',
  '/planned',
]

type Moment = { at: number; answers: Map<string, unknown> }

/** A collector that has seen a small day; `calm` is a moment before the trouble, and what was said at that moment. */
export type SmallDay = AsyncDisposable & { collector: Collector; calm: Moment }

/** Calm, then one answer with a spike and the alert it brings, then calm again; with a note to each part. */
export async function smallDay(): Promise<SmallDay> {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(await temporaryFolder())
  const shop = stack.use(await Endpoint.open(json(CALM)))
  // Asked once in this day, so that between two answers of the shop nothing changes.
  const still = stack.use(await Endpoint.open(json({ status: 'ok', workers: { a: { busy: 1 }, b: { busy: 0 } } })))
  const quiet = `  - { id: still, name: "It's \\"still\\"", sources: [{ type: http-json, url: "${still.url}", every: 60s }] }\n`
  const yaml = `systems:\n${watched('shop', shop.url, { system: FLAG })}${quiet}${PLANNED}`
  const collector = stack.use(await Collector.start(folder.path, yaml))
  await collector.all('ok', 'shop', 'still')
  const viewer = stack.use(await LiveClient.open(collector.url))
  for (const text of ['Doors open.', 'Lab 1.', 'Lab 2.']) await writeNote(collector, text)
  const calm = await answersOfAMoment(collector, viewer)
  shop.behaviour = json({ ...CALM, queue_length: 977, recommendations: ['Look at the queue.'] })
  await collector.all('warning', 'shop')
  shop.behaviour = json({ ...CALM, queue_length: 2 })
  await collector.all('ok', 'shop')
  await writeNote(collector, 'Afterwards.')
  const parts = stack.move()
  return { collector, calm, [Symbol.asyncDispose]: async () => parts.disposeAsync() }
}

/** Asks everything between two ticks, so that all answers are of one state. */
async function answersOfAMoment(collector: Collector, viewer: LiveClient): Promise<Moment> {
  const newest = (): number => viewer.of('tick').at(-1)?.values[0]?.[1] ?? 0
  for (;;) {
    await viewer.ticks(1)
    const slot = newest()
    const asked = OF_A_MOMENT.map(async (path) => [path, await collector.json(path)] as const)
    const answers = new Map<string, unknown>(await Promise.all(asked))
    const at = (await collector.status()).now
    if (at < slot + 900 && newest() === slot) return { at, answers }
  }
}

async function writeNote(collector: Collector, text: string): Promise<void> {
  const body = JSON.stringify({ text, kind: 'note', system: 'shop' })
  const headers = { 'content-type': 'application/json' }
  const written = await fetch(`${collector.url}/api/v1/notes`, { method: 'POST', body, headers })
  if (written.status !== 201) throw new Error(`the note was refused: ${await written.text()}`)
}
