import type { JSX } from 'react'
import type { TriedSource } from '@headroom/shared/model/trial.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { sentence } from '../../ui/sentence.ts'
import classes from './watch.module.css'

/** Addresses that gave nothing, with the reason and what to do: those with the same reason stand together. */
export function TriedList({ tried }: { tried: readonly TriedSource[] }): JSX.Element {
  const groups = Map.groupBy(tried, reasonOf)
  return (
    <ul className={classes.tried}>
      {[...groups].map(([reason, sources]) => (
        <li key={reason}>
          {sources.map((source, index) => (
            <span key={`${source.type} ${source.place}`}>
              <code>{index === 0 ? source.place : within(source.place, sources[0]?.place)}</code>{' '}
            </span>
          ))}
          <p>
            <CodeText text={sentence(reason)} />
          </p>
        </li>
      ))}
    </ul>
  )
}

function reasonOf({ error }: TriedSource): string {
  return error?.message ?? 'it answers, but gives no numbers'
}

/** A page of the same server by its path alone. */
function within(place: string, first: string | undefined): string {
  const origin = URL.parse(first ?? '')?.origin
  return origin !== undefined && place.startsWith(`${origin}/`) ? place.slice(origin.length) : place
}
