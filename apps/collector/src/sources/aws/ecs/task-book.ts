import type { Task } from '@aws-sdk/client-ecs'
import type { EcsCalls } from '../calls/ecs-calls.ts'
import { judgeStop, type Stop } from './stopped-task.ts'

const TASKS_A_CALL = 100
/** Of a service that loses more than this between two looks, the rest is not looked at. */
const MAX_PAGES = 3

/** The tasks of one service; each is described once running and once stopped. ECS lists a stopped one for an hour. */
export class TaskBook {
  readonly #calls: EcsCalls
  readonly #cluster: string
  readonly #service: string
  #started = new Map<string, number>()
  #stopped = new Map<string, Stop | undefined>()

  constructor(calls: EcsCalls, cluster: string, service: string) {
    this.#calls = calls
    this.#cluster = cluster
    this.#service = service
  }

  /** Stops that were not seen before. */
  async newStops(signal: AbortSignal): Promise<Stop[]> {
    const listed = await this.#list('STOPPED', signal)
    const unknown = listed.filter((arn) => !this.#stopped.has(arn))
    const before = this.#stopped
    this.#stopped = new Map(listed.filter((arn) => before.has(arn)).map((arn) => [arn, before.get(arn)]))
    const stops: Stop[] = []
    for (const task of await this.#describe(unknown, signal)) {
      const stop = judgeStop(task)
      // One that is still on its way has no time yet.
      if (task.taskArn !== undefined && task.stoppedAt !== undefined) this.#stopped.set(task.taskArn, stop)
      if (stop !== undefined) stops.push(stop)
    }
    return stops
  }

  /** When the only running task began, epoch ms; undefined where there is none, or more than one. */
  async startOfOnly(signal: AbortSignal): Promise<number | undefined> {
    const listed = await this.#list('RUNNING', signal)
    const unknown = listed.filter((arn) => !this.#started.has(arn))
    const started = new Map(listed.flatMap((arn) => [[arn, this.#started.get(arn)] as const]).filter(isStarted))
    for (const { taskArn, startedAt } of await this.#describe(unknown, signal))
      if (taskArn !== undefined && startedAt !== undefined) started.set(taskArn, startedAt.getTime())
    this.#started = started
    return started.size === 1 ? [...started.values()][0] : undefined
  }

  async #list(desiredStatus: 'RUNNING' | 'STOPPED', signal: AbortSignal): Promise<string[]> {
    const arns: string[] = []
    const input = { cluster: this.#cluster, serviceName: this.#service, desiredStatus, maxResults: TASKS_A_CALL }
    let nextToken: string | undefined
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await this.#calls.listTasks(nextToken === undefined ? input : { ...input, nextToken }, signal)
      arns.push(...(answer.taskArns ?? []))
      nextToken = answer.nextToken
      if (nextToken === undefined || nextToken === '') break
    }
    return arns
  }

  async #describe(arns: readonly string[], signal: AbortSignal): Promise<Task[]> {
    const tasks: Task[] = []
    for (let first = 0; first < arns.length; first += TASKS_A_CALL) {
      const asked = arns.slice(first, first + TASKS_A_CALL)
      const answer = await this.#calls.describeTasks({ cluster: this.#cluster, tasks: asked }, signal)
      tasks.push(...(answer.tasks ?? []))
    }
    return tasks
  }
}

function isStarted(entry: readonly [string, number | undefined]): entry is readonly [string, number] {
  return entry[1] !== undefined
}
