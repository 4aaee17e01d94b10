import type { KnownName } from './known-name.ts'

const MIB = 2 ** 20
const SELF = ['processes'] as const

/** The machine or container, and how many of it there are. */
export const KNOWN_MACHINE: readonly KnownName[] = [
  {
    metric: 'memory.used_percent',
    as: 'percent',
    names: 'memory memory_used used_memory memory_utilization virtual_memory',
    also: SELF,
  },
  {
    metric: 'memory.used_bytes',
    as: 'bytes',
    names: 'memory_used used_memory memory memory_current current_memory virtual_memory_used',
    also: SELF,
    bareFrom: MIB,
  },
  {
    metric: 'memory.used_bytes',
    as: 'bytes',
    names: 'memory_rss rss_memory rss memory_resident',
    also: ['processes', 'memory', 'used', 'full'],
    bareFrom: MIB,
  },
  {
    metric: 'memory.limit_bytes',
    as: 'bytes',
    names: 'memory_limit limit_memory memory_max max_memory memory_allowed',
    also: ['processes', 'config'],
    bareFrom: MIB,
  },
  {
    metric: 'memory.limit_bytes',
    as: 'bytes',
    names: 'memory_total total_memory virtual_memory_total',
    also: SELF,
    bareFrom: MIB,
  },
  { metric: 'cpu.used_percent', as: 'share', names: 'cpu cpu_used used_cpu cpu_total', also: SELF },
  { metric: 'cpu.used_percent', as: 'percent', names: 'cpu_utilization', also: SELF },
  {
    metric: 'load.1m',
    as: 'load',
    names:
      'load_1m load_1min load1 load_1 load_avg_1m load_avg_1min load_avg_1 load_avg1 loadavg_1m load_avg_0 loadavg_0 load_avg loadavg load_0 load',
    also: ['cpu'],
  },
  { metric: 'disk.used_percent', as: 'percent', names: 'disk disk_used used_disk disk_utilization' },
  { metric: 'uptime.seconds', as: 'seconds', names: 'uptime up_time', also: SELF, bareFrom: 0 },
  { metric: 'uptime.seconds', as: 'moment', names: 'started_at start_time started_time boot_time started', also: SELF },
  { metric: 'threads.active', as: 'count', names: 'active_threads threads_count count_threads threads', also: SELF },
  {
    metric: 'threads.active',
    as: 'count',
    under: ['threads'],
    names: 'active total_active active_count count current total',
    also: SELF,
  },
  {
    metric: 'processes.active',
    as: 'count',
    names: 'active_processes users_processes processes_count count_processes running_processes processes',
    also: ['users'],
  },
  {
    metric: 'processes.active',
    as: 'count',
    under: ['processes'],
    names: 'active count running total total_active current',
  },
  {
    metric: 'instances.count',
    as: 'count',
    names:
      'instances instances_count count_instances instances_total active_instances total_instances running_instances',
  },
  {
    metric: 'replicas.ready',
    as: 'count',
    names: 'replicas_ready ready_replicas replicas_available available_replicas replicas',
  },
  {
    metric: 'replicas.desired',
    as: 'count',
    names: 'replicas_desired desired_replicas replicas_wanted replicas_total total_replicas replicas_spec',
  },
  {
    metric: 'restarts.total',
    as: 'count',
    names: 'restarts_total total_restarts restart_count restarts_count restarts',
    also: ['processes', 'workers'],
  },
  {
    metric: 'kills.total',
    as: 'count',
    names:
      'oom_kills oom_kills_total total_oom_kills oom_kills_count oom_kill_count oom_killed oom_killed_total kills_total',
    also: ['processes', 'workers', 'memory'],
  },
]
