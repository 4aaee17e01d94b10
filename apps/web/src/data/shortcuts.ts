import { useEffect, useRef } from 'react'
import type { Clock } from './clock.ts'
import { KEYS } from './keys.ts'
import type { KeyId } from './keys.ts'
import { preferences } from './preferences.ts'

type Run = () => void

/** How long after a key the next one still belongs to it. */
const TOGETHER_MS = 1_000

const running = new Map<KeyId, Run[]>()

/** Gives a key of `KEYS` its work while the component is there; of several the newest does it. */
export function useShortcut(id: KeyId, run: Run): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const work = (): void => latest.current()
    running.set(id, [...(running.get(id) ?? []), work])
    return () => {
      running.set(
        id,
        (running.get(id) ?? []).filter((each) => each !== work),
      )
    }
  }, [id])
}

/** Listens for all keys. One that is typed into a field, or while a dialog is open, is nobody's but theirs. */
export function listenForShortcuts(page: Document, clock: Clock): () => void {
  let typed: string[] = []
  let at = Number.NEGATIVE_INFINITY
  const onKey = (event: KeyboardEvent): void => {
    const pressed = pressedKey(event)
    if (pressed === undefined || event.defaultPrevented || event.isComposing || isTaken(event, pressed, page)) return
    const now = clock.monotonic()
    typed = [...(now - at < TOGETHER_MS ? typed : []), pressed].slice(-2)
    at = now
    const found = findKey(typed)
    const run = found === undefined ? undefined : running.get(found.id)?.at(-1)
    if (found === undefined || run === undefined || (event.repeat && !('repeat' in found))) return
    typed = []
    event.preventDefault()
    run()
  }
  page.addEventListener('keydown', onKey)
  return () => page.removeEventListener('keydown', onKey)
}

/** The key that what was typed ends with; of two the longer sequence. */
export function findKey(typed: readonly string[]): (typeof KEYS)[number] | undefined {
  const text = typed.join(' ')
  const last = typed.at(-1) ?? ''
  return (
    KEYS.find(({ keys }) => keys.some((key) => key === text)) ??
    KEYS.find(({ keys }) => keys.some((key) => key === last))
  )
}

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock'])

/** As `KEYS` writes it; undefined for what is no key of ours by itself. */
export function pressedKey(event: Pressed): string | undefined {
  if (event.altKey || MODIFIERS.has(event.key)) return undefined
  const character = event.key.length === 1
  if (event.ctrlKey || event.metaKey) return character && !event.shiftKey ? `mod+${event.key.toLowerCase()}` : undefined
  return character && !preferences().letters ? undefined : event.key
}

function isTaken(event: KeyboardEvent, pressed: string, page: Document): boolean {
  if (pressed.startsWith('mod+')) return false
  return isField(event.target) || page.querySelector('dialog[open]') !== null
}

const NO_TEXT = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file', 'image'])

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type)
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
