import type { JSX } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import classes from './overview.module.css'

const LINES = `systems:
  - id: my-app
    name: My app
    sources:
      - { type: http-json, url: "https://my-app.example.com/health", every: 5s }
`

/** How to watch something: the lines to write. */
export function NothingWatched(): JSX.Element {
  return (
    <div className={classes.page}>
      <h1 className={classes.emptyHead}>Nothing is watched yet</h1>
      <EmptyState title="Watch something">
        <p>
          Write these lines into <code>headroom.yaml</code> and put the address of your own health endpoint in. Saving
          is enough; the page follows by itself.
        </p>
        <div className={classes.config} tabIndex={0} role="group" aria-label="Lines for headroom.yaml">
          <pre>{LINES}</pre>
        </div>
        <p>
          Or let Headroom write the file from what it finds there:{' '}
          <code>npm run headroom -- init https://my-app.example.com/health</code>
        </p>
      </EmptyState>
    </div>
  )
}
