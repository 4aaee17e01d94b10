import { z } from 'zod'

const KEY = 'headroom.recent'
const MOST = 12
const Recent = z.array(z.string()).catch([])

/** The ids of what was used lately, the newest first; kept in this browser. */
export function recentItems(): string[] {
  try {
    return Recent.parse(JSON.parse(localStorage.getItem(KEY) ?? '[]'))
  } catch {
    return []
  }
}

export function rememberItem(id: string): void {
  try {
    const next = [id, ...recentItems().filter((each) => each !== id)].slice(0, MOST)
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // A browser that keeps nothing finds everything all the same.
  }
}
