import type { RouteName, Status } from '@headroom/shared/contracts.ts'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import type { Trial, TrialRequest } from '@headroom/shared/model/trial.ts'
import type { MadeSystem } from '../made/made-system.ts'

/** A refusal in the words of the collector; a page of something in between; no answer at all. */
export type Refusal = { status: number; code: string; message: string; path?: string } | { html: string } | 'never'

/** How a collector of a story differs from one that watches nothing and works well. */
export type WorldPlan = {
  systems?: (start: number) => MadeSystem[]
  planned?: (start: number) => PlannedEvent[]
  role?: 'viewer' | 'operator' | 'admin'
  demo?: boolean
  /** Nothing can be recorded: why. */
  notStored?: string
  config?: Partial<Status['config']>
  store?: Partial<Status['store']>
  self?: Partial<Status['self']>
  /** The entry script that a newer collector would serve. */
  page?: string
  /** How far the collector's clock is ahead of the reader's, ms. */
  clockAheadMs?: number
  /** `no-socket`: the upgrade is refused, HTTP works. `silent`: nothing is ever answered. `ended`: the token has expired. */
  live?: 'no-socket' | 'silent' | 'ended'
  /** Files of the page that cannot be had. */
  lost?: RegExp
  /** What is refused, by route and query. */
  refuses?: (route: RouteName, query: URLSearchParams) => Refusal | undefined
  /** What trying an address finds. */
  trial?: (url: string) => Trial
  /** What trying a source finds. */
  sourceTrial?: (request: Exclude<TrialRequest, { url: string }>) => Trial
}

/** One thing done in the page after it was opened. Places are Playwright selectors. */
export type Act =
  | { press: string }
  | { click: string }
  | { fill: string; with: string }
  /** The pointer over a place, at a share of its width and height. */
  | { hover: string; at?: readonly [number, number] }
  | { scrollTo: string }
  /** The collector hangs up and cannot be reached again. */
  | { hangUp: true }
  /** So much time passes, ms: what the page has put off until then happens, and the collector goes on saying its values. */
  | { pass: number }
  /** The token has expired. */
  | { endAccess: true }
  | { waitFor: string }

/** One state of one screen: a world, a place in it, what is done there, and what must be seen then. */
export type Story = {
  /** `screen/state`. */
  id: string
  title: string
  /** Where it is; told the world's start, epoch ms. */
  path: string | ((start: number) => string)
  world: WorldPlan
  act?: readonly Act[]
  /** What makes it this state and no other: a Playwright selector of what must be visible. */
  shows: string
  /** Console errors that belong to it. */
  logs?: RegExp
  /** Pictured from top to bottom, not only what the window shows. */
  whole?: boolean
  /** Why its picture is not the same in every run. It is looked at all the same, and not held against a kept one. */
  differs?: string
}
