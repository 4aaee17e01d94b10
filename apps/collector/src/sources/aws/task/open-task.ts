import type { Reading } from '@headroom/shared/model/reading.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import type { ZodType } from 'zod'
import { openHttpClient, type HttpClient } from '../../http-client/http-client.ts'
import type { CommonOptions, PollSource, SourceContext } from '../../types.ts'
import { awsVariable } from '../environment.ts'
import { share } from '../metrics/target.ts'
import type { AwsOptions } from '../schema.ts'
import { Sheet } from '../sheet.ts'
import { OwnMetadata, TaskMetadata, TaskStats } from './task-metadata.ts'
import { ownContainers, usageOf } from './task-usage.ts'

const VARIABLE = 'ECS_CONTAINER_METADATA_URI_V4'
const MAX_BODY_BYTES = 2 ** 20
/** 128 and the number of SIGKILL. */
const KILLED = 137

type Options = AwsOptions & CommonOptions

/** Something that could not be asked, or read. */
class Unanswered extends Error {
  readonly problem: SourceProblem

  constructor(problem: SourceProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Opens the metadata endpoint of the ECS task that Headroom runs in. Nothing of AWS is asked, and no permission is needed. */
export function openTask(options: Options, context: SourceContext): PollSource {
  return new TaskSource(options, context, awsVariable(VARIABLE))
}

class TaskSource implements PollSource {
  readonly #options: Options
  readonly #clock: SourceContext['clock']
  readonly #client: HttpClient
  readonly #base: string | undefined
  #own: string | undefined
  #before: TaskStats | undefined

  constructor(options: Options, context: SourceContext, base: string | undefined) {
    this.#options = options
    this.#clock = context.clock
    this.#client = openHttpClient(context)
    this.#base = base
  }

  async poll(signal: AbortSignal): Promise<Reading> {
    try {
      return await this.#look(signal)
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      return { up: null, error: error.problem, points: [], texts: [], mapped: [], leftOut: 0 }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client[Symbol.asyncDispose]()
  }

  async #look(signal: AbortSignal): Promise<Reading> {
    const [task, stats] = await Promise.all([
      this.#get('/task', TaskMetadata, signal),
      this.#get('/task/stats', TaskStats, signal),
    ])
    this.#own ??= (await this.#get('', OwnMetadata, signal)).DockerId
    const sheet = new Sheet()
    const usage = usageOf(task, stats, this.#before)
    this.#before = stats
    const place = `task ${task.Family}`
    sheet.gauge(`${place}: cpu_stats`, 'cpu.used_percent', share(usage.cpuCores, usage.cpuLimitCores))
    sheet.gauge(`${place}: memory_stats`, 'memory.used_percent', share(usage.memoryBytes, usage.memoryLimitBytes))
    sheet.gauge(`${place}: memory_stats.usage`, 'memory.used_bytes', usage.memoryBytes)
    sheet.gauge(`${place}: Limits.Memory`, 'memory.limit_bytes', usage.memoryLimitBytes)
    this.#sayContainers(sheet, place, task)
    return { up: 1, points: sheet.points, texts: [], mapped: sheet.mapped, leftOut: 0 }
  }

  /** Of the other containers: how long the youngest has run, and how many were killed. */
  #sayContainers(sheet: Sheet, place: string, task: TaskMetadata): void {
    const all = ownContainers(task)
    const others = all.filter(({ DockerId }) => DockerId !== this.#own)
    const watched = others.length === 0 ? all : others
    const killed = watched.filter(({ KnownStatus, ExitCode }) => KnownStatus === 'STOPPED' && ExitCode === KILLED)
    sheet.gauge(`${place}: ExitCode ${KILLED}`, 'kills.total', killed.length)
    const running = watched.filter(({ KnownStatus }) => KnownStatus === 'RUNNING')
    const started = running.map(({ StartedAt = '' }) => Date.parse(StartedAt)).filter(Number.isFinite)
    if (started.length === 0) return
    const seconds = (this.#clock.now() - Math.max(...started)) / 1_000
    sheet.gauge(`${place}: StartedAt`, 'uptime.seconds', Math.max(0, seconds))
  }

  async #get<Answer>(path: string, schema: ZodType<Answer>, signal: AbortSignal): Promise<Answer> {
    if (this.#base === undefined || !URL.canParse(this.#base))
      throw new Unanswered({
        code: 'not_in_task',
        message: `${VARIABLE} is not set: Headroom does not run in an ECS task, or its agent is older than 1.39 (Fargate platform 1.4.0); leave out taskMetadata, and give \`region\`, \`cluster\` and \`service\``,
      })
    const url = new URL(`${this.#base}${path}`)
    const answer = await this.#client.get(
      {
        url,
        headers: { accept: 'application/json' },
        maxBytes: MAX_BODY_BYTES,
        timeoutMs: this.#options.timeoutMs,
        insecure: false,
      },
      signal,
    )
    if (answer.kind === 'failure') throw new Unanswered({ code: answer.code, message: answer.message })
    const parsed = answer.status === 200 ? schema.safeParse(json(answer.body)) : undefined
    if (parsed?.success === true) return parsed.data
    throw new Unanswered({
      code: 'not_task_metadata',
      message: `the task metadata endpoint answered ${path === '' ? 'for its container' : path} with ${answer.status === 200 ? 'something that is no task metadata' : `HTTP ${answer.status}`}; look at the ECS agent`,
    })
  }
}

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}
