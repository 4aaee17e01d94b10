import type { JSX } from 'react'
import type { TriedSource } from '@headroom/shared/model/trial.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { sentence } from '../../ui/sentence.ts'
import { counted, mappedWords, sortMapped } from './found-words.ts'
import { MappedTable } from './MappedTable.tsx'
import { tookText } from './took-text.ts'
import classes from './watch.module.css'

/** What one place gave: the recognised values first, the rest folded. */
export function Giving({ source }: { source: TriedSource }): JSX.Element {
  const { known, own } = sortMapped(source.mapped)
  return (
    <div className={classes.source}>
      <h3>
        <code>{source.place}</code>
      </h3>
      <p className={classes.quiet}>
        {mappedWords(source)}. It answered in {tookText(source.tookSeconds)}.
      </p>
      {source.error !== undefined && (
        <p className={classes.problem}>
          <CodeText text={sentence(source.error.message)} />
        </p>
      )}
      {known.length > 0 && <MappedTable rows={known} label={`Recognised at ${source.place}`} />}
      {own.length > 0 && (
        <details className={classes.fold} open={known.length === 0}>
          <summary>
            {counted(own.length, 'value', 'values')} kept under {own.length === 1 ? 'its' : 'their'} own path
          </summary>
          <MappedTable rows={own} label={`Other values at ${source.place}`} />
        </details>
      )}
    </div>
  )
}
