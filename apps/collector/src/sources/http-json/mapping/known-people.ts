import type { KnownName } from './known-name.ts'

const MIB = 2 ** 20

/** People, their sessions, and what those hold. */
export const KNOWN_PEOPLE: readonly KnownName[] = [
  {
    metric: 'sessions.active',
    as: 'count',
    names: 'active_sessions sessions_count count_sessions current_sessions open_sessions concurrent_sessions sessions',
    also: ['users'],
  },
  {
    metric: 'sessions.active',
    as: 'count',
    under: ['sessions'],
    names: 'active active_count count_active open current total_active concurrent',
  },
  {
    metric: 'sessions.limit',
    as: 'count',
    names: 'max_sessions sessions_limit sessions_max max_concurrent_sessions max_active_sessions',
    also: ['sessions', 'config'],
  },
  {
    metric: 'sessions.limit',
    as: 'count',
    under: ['sessions'],
    names: 'max_allowed limit max max_concurrent max_active capacity allowed',
    also: ['config'],
  },
  {
    metric: 'users.active',
    as: 'count',
    names:
      'active_users users_count count_users current_users online_users users_online connected_users concurrent_users users',
    also: ['sessions'],
  },
  {
    metric: 'users.active',
    as: 'count',
    under: ['users'],
    names: 'active active_count count_active count online connected current total_active concurrent',
  },
  {
    metric: 'users.limit',
    as: 'count',
    names: 'max_users users_limit users_max max_concurrent_users max_active_users',
    also: ['users', 'config'],
  },
  {
    metric: 'users.limit',
    as: 'count',
    under: ['users'],
    names: 'max_allowed limit max max_concurrent capacity allowed',
    also: ['config'],
  },
  { metric: 'users.used_percent', as: 'percent', under: ['users'], names: 'utilization used' },
  {
    metric: 'sessions.memory_bytes',
    as: 'bytes',
    under: ['sessions|threads|users'],
    names: 'memory memory_used used_memory total_memory memory_total memory_rss',
    bareFrom: MIB,
  },
]
