import type { JSX } from 'react'
import { closeOverlay, typeAhead } from './overlay-store.ts'
import type { Overlay } from './overlay-store.ts'
import { useModal } from './use-modal.ts'
import classes from './overlay.module.css'

const NAMES: Record<Overlay, string> = { palette: 'Find and do', settings: 'Settings', help: 'Help' }

/**
 * Holds the place of an overlay whose script is still on its way: what is typed meanwhile is for it, and must not be taken
 * for the keys of the page below. It is seen only where that takes a while.
 */
export function OverlayComing({ overlay }: { overlay: Overlay }): JSX.Element {
  const dialog = useModal(closeOverlay)
  return (
    <dialog ref={dialog} className={`${classes.dialog} ${classes.coming}`} aria-label={NAMES[overlay]} aria-busy="true">
      <div className={classes.body}>
        {overlay === 'palette' && (
          <input
            className={classes.ahead}
            aria-label="Find a system, chart, flag or screen, or something to do"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => typeAhead(event.currentTarget.value)}
          />
        )}
        <p tabIndex={overlay === 'palette' ? undefined : -1}>{NAMES[overlay]}, loading…</p>
      </div>
    </dialog>
  )
}
