import type { Part, Rule } from '../rule.ts'
import { INNER, INNER_MOUNT, NO_DISK } from './machine.ts'

/** Attributes have had several names: those of OpenTelemetry's Collector, and those of its semantic conventions since. */
const CPU_STATE = ['state', 'cpu_mode', 'cpu_state', 'system_cpu_state']
const MEMORY_STATE = ['state', 'system_memory_state']
const DISK_STATE = ['state', 'system_filesystem_state']
const DIRECTION = ['direction', 'network_io_direction']
const MOUNT = ['mountpoint', 'system_filesystem_mountpoint']
const DEVICE = ['device', 'network_interface_name', 'system_device']

/** The same rule for each name that an attribute has had; a series has one of them. */
function whichever(names: readonly string[], is: RegExp, rule: Rule): Rule[] {
  return names.map((name) => ({ ...rule, where: { [name]: is } }))
}

function memory(metric: Part, is: RegExp): Rule[] {
  return whichever(MEMORY_STATE, is, { metric, name: /^system_memory_usage(_bytes)?$/, as: 'gauge' })
}

function disk(metric: Part, is: RegExp): Rule[] {
  return whichever(DISK_STATE, is, {
    metric,
    name: /^system_filesystem_usage(_bytes)?$/,
    as: 'gauge',
    not: {
      type: NO_DISK,
      system_filesystem_type: NO_DISK,
      mountpoint: INNER_MOUNT,
      system_filesystem_mountpoint: INNER_MOUNT,
    },
    by: { disk: MOUNT },
  })
}

function network(metric: 'network.in_bytes_per_second' | 'network.out_bytes_per_second', is: RegExp): Rule[] {
  return whichever(DIRECTION, is, {
    metric,
    name: /^system_network_io(_bytes)?(_total)?$/,
    as: 'per_second',
    not: { device: INNER, network_interface_name: INNER, system_device: INNER },
    by: { interface: DEVICE },
  })
}

const CPU_TIME = /^system_cpu_time(_seconds)?(_total)?$/

/** The machine below, as the Collector's `hostmetrics` and the SDKs' host metrics tell it; and how runtimes tell of their own process. */
export const OPENTELEMETRY: readonly Rule[] = [
  // Python's runtime, before its process metrics had the names of all others; Java's; .NET's.
  {
    metric: 'memory.used_bytes',
    name: /^process_runtime_cpython_memory(_bytes)?$/,
    as: 'gauge',
    where: { type: /^rss$/ },
  },
  { metric: 'memory.used_bytes', name: /^dotnet_process_memory_working_set(_bytes)?$/, as: 'gauge' },
  {
    metric: 'cpu.used_percent',
    name: /^(process_runtime_cpython_cpu_time|jvm_cpu_time|dotnet_process_cpu_time)(_seconds)?(_total)?$/,
    as: 'per_second',
    factor: 100,
  },
  { metric: 'threads.active', name: /^(process_runtime_cpython_thread_count|jvm_thread_count)$/, as: 'gauge' },

  ...whichever(CPU_STATE, /^(idle|wait|iowait)$/, { metric: 'part.cpu_idle', name: CPU_TIME, as: 'per_second' }),
  { metric: 'part.cpu_all', name: CPU_TIME, as: 'per_second' },
  ...memory('part.machine_memory_used', /^used$/),
  // Slabs are in the other states already.
  ...memory('part.machine_memory', /^(?!slab)./),
  ...disk('part.disk_used', /^used$/),
  // As `df` reckons it: what is kept back for root is of no use to others.
  ...disk('part.disk_size', /^(used|free)$/),
  ...network('network.in_bytes_per_second', /^receive$/),
  ...network('network.out_bytes_per_second', /^transmit$/),
  { metric: 'load.1m', name: /^system_cpu_load_average_1m$/, as: 'gauge', reduce: 'max' },
  { metric: 'uptime.seconds', name: /^system_uptime(_seconds)?$/, as: 'gauge', reduce: 'min' },
]
