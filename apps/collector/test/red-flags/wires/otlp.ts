import { said, type Scene, type Wire } from '../stage/types.ts'

const TOKEN = 'token-of-the-senders'

/** Gauges that an OpenTelemetry SDK pushes in JSON, by name; undefined where it pushes nothing. */
export function otlp(scene: Scene<Readonly<Record<string, number>> | undefined>): Wire {
  return ({ secret, system, url }) => {
    secret('OTLP_TOKEN', TOKEN)
    return Promise.resolve({
      source: { type: 'otlp', token: '${OTLP_TOKEN}', match: { 'service.name': system }, every: '15s' },
      async speak(moment) {
        const gauges = said(scene, moment)
        if (gauges === undefined) return
        const timeUnixNano = `${moment.now}000000`
        const metrics = Object.entries(gauges).map(([name, asDouble]) => ({
          name,
          gauge: { dataPoints: [{ timeUnixNano, asDouble }] },
        }))
        const resource = { attributes: [{ key: 'service.name', value: { stringValue: system } }] }
        const body = JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] })
        const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
        const answer = await fetch(`${url()}/v1/metrics`, { method: 'POST', headers, body })
        if (answer.status !== 200) throw new Error(`the push was answered with ${answer.status}`)
      },
    })
  }
}
