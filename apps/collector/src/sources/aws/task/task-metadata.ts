import { z } from 'zod'

/** What is not there is left out, or null while a container is only starting. */
const optional = <Type extends z.ZodType>(type: Type) => type.nullish().transform((value) => value ?? undefined)
const Text = optional(z.string())
const Count = optional(z.number())
const named = (otherwise: string) => z.string().catch(otherwise).default(otherwise)

/** The parts that are read of `/task`; whatever else there is, is left alone. Limits: CPU in cores, memory in MiB. */
const Limits = optional(z.object({ CPU: Count, Memory: Count }))
const Container = z.object({
  DockerId: z.string(),
  Name: named(''),
  Type: named('NORMAL'),
  Limits,
  KnownStatus: Text,
  ExitCode: Count,
  StartedAt: Text,
})
export const TaskMetadata = z.object({
  Family: named(''),
  Limits,
  Containers: z
    .array(Container)
    .nullish()
    .transform((containers) => containers ?? []),
})
export type TaskMetadata = z.infer<typeof TaskMetadata>
export type TaskContainer = TaskMetadata['Containers'][number]

/** What the container that asks is told of itself. */
export const OwnMetadata = z.object({ DockerId: z.string() })

const CpuStats = optional(
  z.object({
    cpu_usage: optional(z.object({ total_usage: Count })),
    system_cpu_usage: Count,
    online_cpus: Count,
  }),
)
const ContainerStats = z.object({
  cpu_stats: CpuStats,
  precpu_stats: CpuStats,
  memory_stats: optional(
    z.object({
      usage: Count,
      stats: optional(z.object({ inactive_file: Count, total_inactive_file: Count, cache: Count })),
    }),
  ),
})
export type ContainerStats = z.infer<typeof ContainerStats>
/** `/task/stats` by Docker id; one that is only starting has none. */
export const TaskStats = z.record(z.string(), ContainerStats.nullable())
export type TaskStats = z.infer<typeof TaskStats>
