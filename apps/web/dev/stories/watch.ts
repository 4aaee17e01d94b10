import type { Story } from './story.ts'

/** Watching something new: an address is tried, and what was found is written down. */
export const watch: readonly Story[] = []
