import type { JSX } from 'react'

/** Two contacts that do not touch: nothing comes through. For a lost connection, which is no state of what is watched. */
export function PlugMark({ size = 16 }: { size?: number }): JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path
        d="M.8 8h4.4M5.2 3.8v8.4M10.8 3.8v8.4M10.8 8h4.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
    </svg>
  )
}
