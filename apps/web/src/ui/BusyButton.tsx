import { Button } from '@mantine/core'
import type { ButtonProps } from '@mantine/core'
import type { ComponentPropsWithoutRef, JSX } from 'react'

type Props = ButtonProps & Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> & { busy: boolean }

/** A button that does nothing while it is busy. It keeps the focus, which a disabled one would let fall off the page. */
export function BusyButton({ busy, onClick, ...rest }: Props): JSX.Element {
  return (
    <Button
      {...rest}
      aria-disabled={busy}
      {...(busy ? { 'data-disabled': true } : {})}
      onClick={(event) => {
        // Of a form too: Enter in one of its fields presses its button.
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    />
  )
}
