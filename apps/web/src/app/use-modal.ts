import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** Opens a dialog as a modal one while its component is there; a click beside it asks for its end. */
export function useModal(onClose: () => void): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  const latest = useRef(onClose)
  useEffect(() => {
    latest.current = onClose
  })
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    const here = new AbortController()
    // What is beside the dialog's content is the dialog itself to a click.
    element.addEventListener('click', ({ target }) => target === element && latest.current(), { signal: here.signal })
    if (!element.open) element.showModal()
    return () => {
      here.abort()
      // Closing it lets the browser give the focus back to where it was.
      element.close()
    }
  }, [])
  return dialog
}
