import type { MappingView } from '@headroom/shared/contracts.ts'
import type { AnswerView } from '@headroom/shared/model/answer.ts'
import type { World } from '@headroom/shared/world/world.ts'
import { answerOfMapping, Answers } from './answers.ts'
import type { Loaded } from './live-config.ts'
import type { Arrival } from './pipeline/arrival.ts'
import { scrubMapping } from './scrub.ts'

type Sources = Pick<World, 'definitions'>

/** What each source last gave: where its values went, and its answer as it came. Not kept over a restart. */
export class LastReadings {
  readonly #mapping = new Map<string, MappingView & { at: number }>()
  readonly #answers = new Answers()

  take({ system, source, reading }: Arrival, at: number, { secrets }: Pick<Loaded, 'secrets'>): void {
    const { mapped, leftOut, answer } = reading
    const key = `${system}/${source}`
    if (mapped.length > 0) this.#mapping.set(key, { system, source, mapped, leftOut, at })
    if (answer !== undefined) this.#answers.keep(key, at, answer, secrets)
  }

  /** Of the sources there are. */
  mapping({ definitions }: Sources, config: Loaded): MappingView[] {
    return [...this.#mapping.values()]
      .filter(({ system, source }) => definitions.get(system)?.sources.some(({ id }) => id === source))
      .map(({ at: _at, ...view }) => scrubMapping(view, config))
  }

  /** Of a system's sources, without secrets and names. */
  answers(system: string, { definitions }: Sources, config: Loaded): AnswerView[] {
    const sources = definitions.get(system)?.sources ?? []
    return sources.flatMap(({ id }) => this.#answerOf(system, id, config) ?? [])
  }

  forgetAnswer(system: string, source: string): void {
    this.#answers.forget(`${system}/${source}`)
  }

  #answerOf(system: string, source: string, config: Loaded): AnswerView | undefined {
    const key = `${system}/${source}`
    const answer = this.#answers.of(key)
    if (answer !== undefined) return { system, source, ...answer }
    const view = this.#mapping.get(key)
    return view === undefined ? undefined : answerOfMapping({ ...scrubMapping(view, config), at: view.at })
  }
}
