import { useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** Opens a dialog as a modal one while its component is there; Escape, and a click beside it, ask for its end. */
export function useModal(onClose: () => void): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  const latest = useRef(onClose)
  useEffect(() => {
    latest.current = onClose
  })
  // Not an effect that runs later: the browser gives the focus back only while the dialog is still in the page.
  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null) return
    const here = new AbortController()
    const { signal } = here
    // What is beside the dialog's content is the dialog itself to a click.
    element.addEventListener('click', ({ target }) => target === element && latest.current(), { signal })
    element.addEventListener('close', () => element.open || latest.current(), { signal })
    if (!element.open) element.showModal()
    return () => {
      here.abort()
      element.close()
    }
  }, [])
  return dialog
}
