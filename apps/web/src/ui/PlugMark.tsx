import type { JSX } from 'react'

/** A line that is cut: nothing comes through. For a lost connection, which is no state of what is watched. */
export function PlugMark({ size = 16 }: { size?: number }): JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path
        d="M1 11.5h3.2M4.2 8.6v5.8M15 4.5h-3.2M11.8 1.6v5.8M6.6 9.4l2.8-2.8"
        transform="translate(0 0)"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeDasharray="none"
      />
    </svg>
  )
}
