import type { JSX } from 'react'
import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import { useTimeline } from '../../../data/use-timeline.ts'
import { usePresets } from '../../../data/source-kinds.ts'
import watch from '../watch.module.css'
import { feedingOf } from './feeding-of.ts'
import type { NamedFlag } from './feeding-of.ts'
import { feedingWords } from './feeding-text.ts'
import type { Target } from './target.ts'
import { useWaitingFlags } from './use-waiting-flags.ts'
import classes from './add.module.css'

type Props = {
  target: Target
  /** What gives: a kind, before it was tried; what was found, afterwards. */
  giving: Pick<SourceKindView, 'gives' | 'givesWhatItHolds'>
  /** The id of the source. */
  id: string
  found: boolean
}

/** Which flags a source would feed: of a system, those that wait for one; of a new one, those of its preset. */
export function FeedingWords({ target, giving, id, found }: Props): JSX.Element | null {
  const waiting = useWaitingFlags(target.kind === 'watched' ? target.id : undefined)
  const series = useTimeline((timeline) => timeline.seriesOf(target.kind === 'watched' ? target.id : ''))
  const presets = usePresets().data ?? []
  const wanted = target.kind === 'new' && target.preset !== '' ? target.preset : 'web-service'
  const preset = presets.find((each) => each.id === wanted)
  const flags: readonly NamedFlag[] = target.kind === 'watched' ? waiting : (preset?.flags ?? [])
  if (flags.length === 0) return null
  const { itself, held } = feedingOf(giving, id, flags, (metric) => series.some((each) => each.metric === metric))
  return (
    <section className={classes.feeds} aria-label="What it would feed">
      <h2>{found ? 'What this feeds' : 'What it would feed'}</h2>
      <p className={watch.quiet}>
        {feedingWords(flags.length, itself.length, held.length, target.kind === 'watched' ? undefined : wanted)}
      </p>
      <Titles flags={itself.length > 0 ? itself : held} />
    </section>
  )
}

const MOST = 6

function Titles({ flags }: { flags: readonly NamedFlag[] }): JSX.Element | null {
  // Two lines of one condition are one thing to a reader.
  const titles = [...new Set(flags.map(({ title }) => title))]
  if (titles.length === 0) return null
  const list = (some: readonly string[]): JSX.Element => (
    <ul className={classes.titles}>
      {some.map((title) => (
        <li key={title}>{title}</li>
      ))}
    </ul>
  )
  if (titles.length <= MOST + 1) return list(titles)
  return (
    <>
      {list(titles.slice(0, MOST))}
      <details className={watch.fold}>
        <summary>and {titles.length - MOST} more</summary>
        {list(titles.slice(MOST))}
      </details>
    </>
  )
}
