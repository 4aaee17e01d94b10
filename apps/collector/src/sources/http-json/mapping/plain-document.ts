import { plainActuator } from './forms/actuator.ts'
import { plainPuma } from './forms/puma.ts'
import { plainTerminus } from './forms/terminus.ts'
import { plainUwsgi } from './forms/uwsgi.ts'

/** Forms in which names do not say enough, each known by the keys that only it has. */
const FORMS: readonly ((document: object) => object | undefined)[] = [
  plainActuator,
  plainTerminus,
  plainUwsgi,
  plainPuma,
]

/** A document of a form that is known, as other services would say it; any other as it is. */
export function plainDocument(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document
  for (const plain of FORMS) {
    const said = plain(document)
    if (said !== undefined) return said
  }
  return document
}
