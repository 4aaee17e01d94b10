import { createElement, use } from 'react'
import type { ComponentType, JSX } from 'react'

/** A part of the page whose script could not be had: it is gone with an older page, or nothing answers. */
class MissingPart extends Error {
  constructor(cause: unknown) {
    super('A part of the page could not be loaded.', { cause })
  }
}

export type LazyPart<P> = ((props: P) => JSX.Element) & {
  /** Loads it ahead of its first use. Never fails: the failure shows where the part is used. */
  preload: () => Promise<void>
}

const forgets = new Set<() => void>()

/** After a failure every part that failed is loaded anew where it is next used. */
export function forgetMissingParts(): void {
  for (const forget of forgets) forget()
  forgets.clear()
}

/**
 * A component in a script of its own, loaded when it is first shown or asked for. Unlike React's own `lazy`, a failure
 * is not for ever: the collector may only have been away for a moment.
 */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): LazyPart<P> {
  let loading: Promise<ComponentType<P>> | undefined
  let part: ComponentType<P> | undefined
  const fetched = async (): Promise<ComponentType<P>> => {
    try {
      part = await load()
      return part
    } catch (error) {
      forgets.add(() => {
        loading = undefined
      })
      throw new MissingPart(error)
    }
  }
  const loaded = (): Promise<ComponentType<P>> => (loading ??= fetched())
  const Part = (props: P): JSX.Element => createElement(part ?? use(loaded()), props)
  const preload = async (): Promise<void> => {
    try {
      await loaded()
    } catch {
      // Nobody waits for it yet: its next use tries again.
      forgetMissingParts()
    }
  }
  return Object.assign(Part, { preload })
}

/** Whether an error says that a script could not be had, in the words of the browsers. */
export function isMissingPart(error: unknown): boolean {
  if (error instanceof MissingPart) return true
  return (
    error instanceof TypeError &&
    /dynamically imported module|importing a module script failed|module script/i.test(error.message)
  )
}
