import type { SourceModule } from '../types.ts'
import { openRenderWebhook, type RenderWebhookSource } from './open.ts'
import { RenderWebhookOptions } from './schema.ts'

export const renderWebhook: SourceModule<RenderWebhookOptions, RenderWebhookSource> = {
  kind: 'render-webhook',
  title: 'Render webhook',
  about: 'What happens on Render, as it posts it: failures, deploys, restarts and scaling, within seconds.',
  gives: ['kills.total'],
  sender:
    'In the Render Dashboard, under Integrations, Webhooks: give this address as URL, choose the events, and put the signing secret that Render shows into the variable that `secret` names.',
  schema: RenderWebhookOptions,
  defaults: { everyMs: 60_000, timeoutMs: 5_000, maxSeries: 10, lagMs: 0 },
  describe: ({ service }) => `POST /hooks/render/:system${service === undefined ? '' : ` (${service.join(', ')})`}`,
  open: openRenderWebhook,
  pushed: true,
  route: {
    paths: ['/hooks/render/:system'],
    async answer(delivery, open) {
      const { answerWebhook } = await import('./answer-webhook.ts')
      return answerWebhook(delivery, open)
    },
  },
}
