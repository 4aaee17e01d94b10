import { useState } from 'react'
import type { JSX } from 'react'
import { useSteadyError } from '../../data/use-steady-error.ts'
import { FailedPart } from '../../ui/FailedPart.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useFlags } from './flag-queries.ts'
import { FlagItem } from './FlagItem.tsx'
import { matchesFlag } from './flag-words.ts'
import type { FlagGroup } from './flag-rows.ts'
import { Fold } from './Fold.tsx'
import { useGuide } from './left-queries.ts'
import { needsSomebody, useFlagGroups, useSteadyOrder } from './use-flag-groups.ts'
import classes from './panels.module.css'
import flags from './flags.module.css'

const SEARCH_FROM = 12

/** Every documented flag beside those that fire: held first, then nearest to its line, then those without a source. */
export function FlagsPanel({ system }: { system: string }): JSX.Element {
  const { guide } = useGuide(system)
  const { answer } = useFlags(system)
  const groups = useFlagGroups(system)
  const error = useSteadyError(answer)
  const unanswered = answer.data === undefined || answer.isPlaceholderData
  const pending = groups.length === 0 && unanswered && error === null
  const [search, setSearch] = useState('')
  const [inUse, setInUse] = useState(false)
  const ordered = useSteadyOrder(groups, guide, inUse)
  const calm = ordered.filter((group) => !needsSomebody(group))
  const asked = search.trim()
  const found = calm.filter((group) => group.rows.some((row) => asked === '' || matchesFlag(row.flag, asked)))
  const supplied = found.filter((group) => group.standing !== 'unsupplied')
  const missing = found.filter((group) => group.standing === 'unsupplied')
  const items = (some: readonly FlagGroup[]): JSX.Element => (
    <ul className={flags.flags}>
      {some.map((group) => (
        <FlagItem key={group.key} group={group} guide={guide} open={false} />
      ))}
    </ul>
  )
  return (
    <section
      className={classes.panel}
      data-live
      aria-labelledby="flags-title"
      onPointerEnter={() => setInUse(true)}
      onPointerLeave={() => setInUse(false)}
    >
      <h2 id="flags-title">Flags {groups.length > 0 && <span className={classes.count}>{countText(groups)}</span>}</h2>
      {pending && <FlagsSkeleton />}
      {error !== null && <FailedPart what="The flags" error={error} retry={() => void answer.refetch()} />}
      {!pending && error === null && groups.length === 0 && (
        <p className={classes.quiet}>
          This system has none. Add some under <code>flags:</code> in the configuration, or name a <code>preset</code>.
        </p>
      )}
      {flagCount(calm) > SEARCH_FROM && (
        <SearchField
          label="Search in the flags"
          value={search}
          onChange={setSearch}
          found={asked === '' ? undefined : foundText(flagCount(found), flagCount(calm))}
        />
      )}
      {items(supplied)}
      {asked !== '' && missing.length > 0 && items(missing)}
      {asked === '' && missing.length > 0 && (
        <Fold
          name={`${system}/unsupplied`}
          className={classes.more}
          summary={
            flagCount(missing) === 1 ? '1 flag has no source yet' : `${flagCount(missing)} flags have no source yet`
          }
        >
          {() => items(missing)}
        </Fold>
      )}
    </section>
  )
}

function flagCount(groups: readonly FlagGroup[]): number {
  return groups.reduce((sum, group) => sum + group.rows.length, 0)
}

function foundText(found: number, all: number): string {
  return found === 0 ? `none of ${all}` : `${found} of ${all}`
}

/** `23: 1 firing, 2 held`: how many there are, and how many of them are not at rest. */
function countText(groups: readonly FlagGroup[]): string {
  const rows = groups.flatMap((group) => group.rows)
  const firing = rows.filter((row) => row.standing === 'firing').length
  const held = rows.filter((row) => row.standing === 'pending').length
  return [
    `${rows.length} in all`,
    firing === 0 ? 'none firing' : `${firing} firing`,
    ...(held > 0 ? [`${held} held`] : []),
  ].join(', ')
}

function FlagsSkeleton(): JSX.Element {
  return (
    <div className={classes.placeholders}>
      <Skeleton height={36} />
      <Skeleton height={36} />
      <Skeleton height={36} />
    </div>
  )
}
