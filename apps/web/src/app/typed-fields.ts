const typedInto = new Set<HTMLInputElement | HTMLTextAreaElement>()

/** Remembers the fields that somebody typed into, until the signal says stop. */
export function watchTyping(page: Document, signal: AbortSignal): void {
  page.addEventListener(
    'input',
    ({ target }) => {
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) typedInto.add(target)
    },
    { signal, capture: true },
  )
}

/** Whether a reload would lose something that was typed: a field that is still there and still holds it. */
export function holdsTypedText(): boolean {
  for (const field of typedInto) if (!field.isConnected || field.value === '') typedInto.delete(field)
  return typedInto.size > 0
}
