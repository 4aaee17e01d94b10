import { Endpoint, json, raw, type Behaviour } from '../../support/endpoint.ts'
import { said, type Moment, type Scene, type Wire } from '../stage/types.ts'

type Own = Record<string, unknown>

/** An address over real HTTP, and how it behaves while all is well and while it is not. */
export function address(scene: { calm: Behaviour; wrong: Behaviour }, own: Own = { type: 'http-json' }): Wire {
  return served((moment) => (moment.phase === 'wrong' ? scene.wrong : scene.calm), own)
}

/** A JSON document of an application. */
export function document(scene: Scene<object>, own: Own = {}): Wire {
  return served((moment) => json(said(scene, moment)), { type: 'http-json', ...own })
}

/** The text of an exporter, or of an application with a Prometheus client. */
export function exposition(scene: Scene<string>, own: Own = {}): Wire {
  return served((moment) => raw(`${said(scene, moment)}\n`, 'text/plain; version=0.0.4'), {
    type: 'prometheus',
    ...own,
  })
}

/** A document that is always the same, and takes so many ms to come. */
export function slowDocument(same: unknown, scene: Scene<number>): Wire {
  return async (stage) => {
    const behaviour: Behaviour = (response, request) => {
      const ms = said(scene, stage.moment())
      if (ms === 0) json(same)(response, request)
      else stage.holdBack(ms, () => json(same)(response, request))
    }
    const { url } = stage.stack.use(await Endpoint.open(behaviour))
    return { source: { type: 'http-json', url } }
  }
}

function served(behave: (moment: Moment) => Behaviour, own: Own): Wire {
  return async (stage) => {
    const endpoint = await Endpoint.open((response, request) => behave(stage.moment())(response, request))
    return { source: { url: stage.stack.use(endpoint).url, ...own } }
  }
}
