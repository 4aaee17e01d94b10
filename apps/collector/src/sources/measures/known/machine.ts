import type { Rule } from '../rule.ts'

/** File systems that hold nothing of their own, and interfaces that lead nowhere. */
export const NO_DISK =
  /^(tmpfs|ramfs|devtmpfs|overlay|squashfs|iso9660|nsfs|proc|sysfs|cgroup2?|autofs|fuse\..*|erofs)$/
export const INNER_MOUNT = /^\/(boot\/efi|run|sys|proc|dev|snap|var\/lib\/(docker|containerd|kubelet))(\/|$)/
export const INNER = /^(lo\d*|docker\d|br-|veth|cni|flannel|cali|virbr|dummy|ifb|tunl|sit|ip6tnl|gre)/

const disk = (metric: 'part.disk_size' | 'part.disk_free' | 'part.disk_available', name: RegExp): Rule => ({
  metric,
  name,
  as: 'gauge',
  reduce: 'max',
  not: { fstype: NO_DISK, mountpoint: INNER_MOUNT },
  by: { disk: ['mountpoint'] },
})

const network = (metric: 'network.in_bytes_per_second' | 'network.out_bytes_per_second', name: RegExp): Rule => ({
  metric,
  name,
  as: 'per_second',
  not: { device: INNER },
  by: { interface: ['device'] },
})

/** A machine, as node_exporter tells it. */
export const MACHINE: readonly Rule[] = [
  { metric: 'part.cpu_idle', name: /^node_cpu_seconds_total$/, as: 'per_second', where: { mode: /^(idle|iowait)$/ } },
  { metric: 'part.cpu_all', name: /^node_cpu_seconds_total$/, as: 'per_second', not: { mode: /^guest/ } },
  { metric: 'memory.limit_bytes', name: /^node_memory_MemTotal_bytes$/, as: 'gauge' },
  { metric: 'part.memory_available', name: /^node_memory_MemAvailable_bytes$/, as: 'gauge' },
  { metric: 'load.1m', name: /^node_load1$/, as: 'gauge', reduce: 'max' },
  disk('part.disk_size', /^node_filesystem_size_bytes$/),
  disk('part.disk_free', /^node_filesystem_free_bytes$/),
  disk('part.disk_available', /^node_filesystem_avail_bytes$/),
  network('network.in_bytes_per_second', /^node_network_receive_bytes_total$/),
  network('network.out_bytes_per_second', /^node_network_transmit_bytes_total$/),
  { metric: 'uptime.seconds', name: /^node_boot_time_seconds$/, as: 'since', reduce: 'max' },
  { metric: 'kills.total', name: /^node_vmstat_oom_kill$/, as: 'gauge' },
]

/** A process, as client libraries tell of their own. Its CPU is a share of one core. */
export const PROCESS: readonly Rule[] = [
  { metric: 'memory.used_bytes', name: /^process_resident_memory_bytes$/, as: 'gauge', application: true },
  { metric: 'memory.used_bytes', name: /^process_memory_usage(_bytes)?$/, as: 'gauge', application: true },
  {
    metric: 'cpu.used_percent',
    name: /^process_cpu_(seconds|time_seconds)_total$/,
    as: 'per_second',
    factor: 100,
    application: true,
  },
  {
    metric: 'uptime.seconds',
    name: /^process_start_time_seconds$/,
    as: 'since',
    reduce: 'max',
    application: true,
  },
  { metric: 'uptime.seconds', name: /^process_uptime_seconds$/, as: 'gauge', reduce: 'min', application: true },
  {
    metric: 'threads.active',
    name: /^(process_threads|process_threads_count|process_thread_count|jvm_threads_live_threads)$/,
    as: 'gauge',
    application: true,
  },
]
