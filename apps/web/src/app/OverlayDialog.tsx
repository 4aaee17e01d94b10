import { useId } from 'react'
import type { JSX, ReactNode } from 'react'
import classes from './overlay.module.css'
import { useModal } from './use-modal.ts'

/** A dialog over the page: the focus stays in it, goes back where it was, and a click beside it closes it. */
export function OverlayDialog({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: ReactNode
}): JSX.Element {
  const dialog = useModal(onClose)
  const id = useId()
  return (
    <dialog ref={dialog} className={classes.dialog} aria-labelledby={id}>
      <div className={classes.body}>
        <div className={classes.head}>
          <h2 id={id}>{title}</h2>
          <button type="button" onClick={onClose} className={classes.close}>
            Close
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
