import type { Rule } from '../rule.ts'
import { ownNames } from './own.ts'

/** Sessions, people and what they are given, as applications call them. */
export const PEOPLE: readonly Rule[] = [
  {
    metric: 'sessions.active',
    name: ownNames('(active_sessions|sessions_(active|open|current)|session_count)'),
    as: 'gauge',
  },
  { metric: 'sessions.limit', name: ownNames('(max_(concurrent_)?sessions|sessions_(max|limit))'), as: 'gauge' },
  {
    metric: 'users.active',
    name: ownNames('(active_users|users_(active|online|connected)|connected_users)'),
    as: 'gauge',
  },
  { metric: 'users.limit', name: ownNames('(max_users|users_(max|limit))'), as: 'gauge' },
  { metric: 'slots.limit', name: ownNames('(request_slots|slots_(limit|max)|max_slots)'), as: 'gauge' },
  { metric: 'cache.items', name: ownNames('cache_(items|entries|size)'), as: 'gauge' },
  { metric: 'cache.bytes', name: ownNames('cache_(size_)?bytes'), as: 'gauge' },
  { metric: 'streams.open', name: ownNames('(open_streams|streams_(open|active)|active_streams)'), as: 'gauge' },
]
