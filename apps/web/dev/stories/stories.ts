import { addSource } from './add-source.ts'
import { log } from './log.ts'
import { overview } from './overview.ts'
import { setup } from './setup.ts'
import { shell } from './shell.ts'
import type { Story } from './story.ts'
import { system } from './system.ts'
import { watch } from './watch.ts'

/** Every state of every screen. */
export const STORIES: readonly Story[] = [...overview, ...system, ...log, ...setup, ...addSource, ...watch, ...shell]
