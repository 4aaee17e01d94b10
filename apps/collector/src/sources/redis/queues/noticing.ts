import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { refusal } from '../failure.ts'
import type { Ask } from '../probes/probe.ts'
import { isErrorReply } from '../wire/resp.ts'

export type Noticing = { ask: Ask; readonly count: number; readonly problem: SourceProblem | undefined }

/** The same way to ask, which counts the commands and keeps the first refusal. */
export function noticing(ask: Ask): Noticing {
  let count = 0
  let problem: SourceProblem | undefined
  return {
    async ask(commands) {
      count += commands.length
      const replies = await ask(commands)
      commands.forEach((command, index) => {
        const reply = replies[index]
        // SORT_RO has a substitute, whose refusal counts.
        if (problem === undefined && isErrorReply(reply) && command[0] !== 'SORT_RO')
          problem = refusal(reply.error, command).problem
      })
      return replies
    },
    get count() {
      return count
    },
    get problem() {
      return problem
    },
  }
}
