import type { Happening } from '@headroom/shared/model/reading.ts'
import { z } from 'zod'

/** What Render posts: thin, for its details are asked for elsewhere. */
export const WebhookEvent = z.object({
  type: z.string().min(1).max(200),
  timestamp: z.string(),
  data: z.object({
    id: z.string().max(256).optional(),
    serviceId: z.string().max(256).default(''),
    serviceName: z.string().default(''),
    status: z.string().nullish(),
  }),
})
export type WebhookEvent = z.infer<typeof WebhookEvent>

type As = Extract<Happening, { kind: 'note' }>['as']

/** Types in other words than their name, or of another kind than a note. */
const WORDS: Readonly<Record<string, { text: string; as?: As }>> = {
  server_failed: { text: 'Server failed; its page on Render says why', as: 'restart' },
  server_restarted: { text: 'Restarted', as: 'restart' },
  server_hardware_failure: { text: "Render's hardware failed under it", as: 'restart' },
  postgres_restarted: { text: 'Postgres restarted', as: 'restart' },
  deploy_started: { text: 'Deploy started', as: 'deploy' },
  deploy_ended: { text: 'Deploy', as: 'deploy' },
  build_ended: { text: 'Build' },
  service_suspended: { text: 'Suspended: it does not run' },
  service_resumed: { text: 'Resumed' },
  instance_count_changed: { text: 'Scaled' },
  autoscaling_ended: { text: 'Scaled by itself' },
}

/** A delivery as a note: of when it happened, under the id that a retry repeats. */
export function noteOf({ type, timestamp, data }: WebhookEvent, id: string, now: number): Happening {
  const words = Object.hasOwn(WORDS, type) ? WORDS[type] : undefined
  const at = Date.parse(timestamp)
  const status = data.status === undefined || data.status === null ? '' : ` ${short(data.status)}`
  const who = short(data.serviceName === '' ? data.serviceId : data.serviceName)
  return {
    kind: 'note',
    id,
    // A time that cannot be read, or has yet to come, is that of its arrival.
    at: Number.isNaN(at) || at > now ? now : at,
    text: `${who === '' ? '' : `${who}: `}${words?.text ?? inWords(type)}${status}.`,
    as: words?.as ?? 'note',
  }
}

function inWords(type: string): string {
  const words = short(type.replaceAll('_', ' '))
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

function short(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 120)
}
