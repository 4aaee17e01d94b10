import { useId } from 'react'
import type { JSX } from 'react'
import type { Mark } from './mark.ts'
import classes from './StateMark.module.css'

/** A state's shape: check, triangle, octagon, hatched question mark; the outlines differ, so that they can be told apart from afar. */
export function StateMark({ mark, size = 16 }: { mark: Mark; size?: number }): JSX.Element {
  return (
    <svg
      className={`${classes.mark} ${classes[mark]}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <Shape mark={mark} />
    </svg>
  )
}

function Shape({ mark }: { mark: Mark }): JSX.Element {
  const hatch = useId()
  switch (mark) {
    case 'ok':
      return (
        <path
          d="M3 8.5 6.5 12 13 4.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )
    case 'info':
      return (
        <>
          <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M8 7.25v4M8 4.5v.75" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </>
      )
    case 'warning':
      return (
        <>
          <path d="M8 1.2 15.4 14.4H.6z" fill="currentColor" strokeLinejoin="round" />
          <path className={classes.inner} d="M8 6v4M8 11.6v.9" strokeWidth="1.6" />
        </>
      )
    case 'critical':
      return (
        <>
          <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" fill="currentColor" />
          <path className={classes.inner} d="M8 4v5M8 10.8v1.2" strokeWidth="1.8" />
        </>
      )
    case 'unknown':
      return (
        <>
          <defs>
            <pattern id={hatch} width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M0 0v3" stroke="currentColor" strokeWidth="1.1" opacity="0.55" />
            </pattern>
          </defs>
          <circle cx="8" cy="8" r="7" fill={`url(#${hatch})`} stroke="currentColor" strokeWidth="1.2" />
          <circle cx="8" cy="8" r="4.6" className={classes.hole} />
          <path
            d="M6.2 6.6a1.8 1.8 0 1 1 2.5 1.65c-.5.22-.7.5-.7 1.05M8 10.7v.8"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.3"
            strokeLinecap="round"
          />
        </>
      )
  }
}
