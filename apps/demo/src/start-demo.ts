import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { inspect } from 'node:util'
import { scaledClock, systemClock, type Clock } from './clock.ts'
import { seededRandom } from './random.ts'
import { CaptionService } from './service/caption-service.ts'
import { createApp } from './service/create-app.ts'
import { ordinaryConditions } from './simulated/conditions.ts'
import { loopWorkshops } from './students/run-workshop.ts'

export type StartDemoOptions = {
  /** 0, the default, takes any free port. */
  port?: number
  /** 127.0.0.1 by default: the demo is for this machine. */
  host?: string
  /** How many times faster than life it goes (1 by default): every duration and rate it reports goes with it. */
  speed?: number
  /** Makes the students repeatable. */
  seed?: number
  /** Whether simulated students come (by default they do). */
  students?: boolean
  /** Replaces the machine's time; `speed` applies to it. */
  clock?: Clock
  /** Ends the demo when aborted. */
  signal?: AbortSignal
}

/** A running demo. Disposing it sends the students home, closes the server, and resolves when nothing is left. */
export type Demo = { url: string; port: number; [Symbol.asyncDispose](): Promise<void> }

/** Starts the caption workshop and, unless told otherwise, its students. Rejects when the port cannot be had. */
export async function startDemo(options: StartDemoOptions = {}): Promise<Demo> {
  const { port = 0, host = '127.0.0.1', speed = 1, seed = 1, students = true, signal } = options
  signal?.throwIfAborted()
  const clock = scaledClock(options.clock ?? systemClock, speed)
  let conditions = ordinaryConditions

  await using starting = new AsyncDisposableStack()
  const service = starting.use(
    new CaptionService({ clock, random: seededRandom(seed), conditions: () => conditions, report }),
  )
  const server = createServer(createApp({ service, clock, speed, report }))
  const boundPort = await listen(server, port, host)
  starting.defer(() => close(server))
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`

  if (students) {
    const home = new AbortController()
    const setConditions = (next: typeof conditions): void => void (conditions = next)
    const workshops = loopWorkshops({
      url,
      clock,
      seed,
      setConditions,
      signal: home.signal,
      report,
    })
    starting.defer(async () => {
      home.abort(new Error('the workshop is over'))
      await workshops
    })
  }

  signal?.throwIfAborted()
  const running = starting.move()
  let ending: Promise<void> | undefined
  // One promise for everybody who asks, so that the second to ask waits for the end too.
  const dispose = (): Promise<void> => {
    signal?.removeEventListener('abort', onAbort)
    return (ending ??= running.disposeAsync())
  }
  const onAbort = (): void => void dispose().catch(report)
  signal?.addEventListener('abort', onAbort, { once: true })
  return { url, port: boundPort, [Symbol.asyncDispose]: dispose }
}

/** Resolves with the port really taken. */
async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return address.port
}

/** Ends the open connections too: a browser's idle one would keep the server for minutes. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function report(error: unknown): void {
  process.stderr.write(`demo: ${inspect(error)}\n`)
}
