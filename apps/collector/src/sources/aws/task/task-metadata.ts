import { z } from 'zod'

/** The parts that are read of `/task`; whatever else there is, is left alone. Limits: CPU in cores, memory in MiB. */
const Limits = z.object({ CPU: z.number().optional(), Memory: z.number().optional() })
const Container = z.object({
  DockerId: z.string(),
  Name: z.string().default(''),
  Type: z.string().default('NORMAL'),
  Limits: Limits.optional(),
  KnownStatus: z.string().optional(),
  ExitCode: z.number().optional(),
  StartedAt: z.string().optional(),
})
export const TaskMetadata = z.object({
  Family: z.string().default(''),
  Limits: Limits.optional(),
  Containers: z.array(Container).default([]),
})
export type TaskMetadata = z.infer<typeof TaskMetadata>
export type TaskContainer = TaskMetadata['Containers'][number]

/** What the container that asks is told of itself. */
export const OwnMetadata = z.object({ DockerId: z.string() })

const CpuStats = z.object({
  cpu_usage: z.object({ total_usage: z.number().optional() }).optional(),
  system_cpu_usage: z.number().optional(),
  online_cpus: z.number().optional(),
})
const ContainerStats = z.object({
  cpu_stats: CpuStats.optional(),
  precpu_stats: CpuStats.optional(),
  memory_stats: z
    .object({
      usage: z.number().optional(),
      stats: z
        .object({
          inactive_file: z.number().optional(),
          total_inactive_file: z.number().optional(),
          cache: z.number().optional(),
        })
        .optional(),
    })
    .optional(),
})
export type ContainerStats = z.infer<typeof ContainerStats>
/** `/task/stats` by Docker id; one that is only starting has none. */
export const TaskStats = z.record(z.string(), ContainerStats.nullable())
export type TaskStats = z.infer<typeof TaskStats>
