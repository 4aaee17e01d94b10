import type { JSX } from 'react'
import { CopyLines } from './CopyLines.tsx'
import classes from './watch.module.css'

const LINES = `systems:
  - id: my-app
    name: My app
    sources:
      - { type: http-json, url: "https://my-app.example.com/health", every: 5s }
`

/** The same without the field: the file, or the command that writes it. */
export function ByHand(): JSX.Element {
  return (
    <details className={classes.fold}>
      <summary>
        Or write <code>headroom.yaml</code> yourself
      </summary>
      <p>Put the address of your own health endpoint in. Saving is enough; the page follows by itself.</p>
      <CopyLines lines={LINES} label="Lines for headroom.yaml" />
      <p>
        Or let the command write it from what it finds there:{' '}
        <code>npm run headroom -- init https://my-app.example.com/health</code>
      </p>
    </details>
  )
}
