import { z } from 'zod'
import { Severity } from './flag.ts'

/** One option of a source, as a field of a form. What holds several (`group`) holds no further groups. */
export const SourceField = z.object({
  name: z.string(),
  /**
   * `list`: texts; `numbers`: numbers; `pairs`: names, each with a text; `other`: too deep for a form, it is written in
   * the file.
   */
  shape: z.enum(['text', 'number', 'switch', 'choice', 'list', 'numbers', 'pairs', 'other']),
  /** What it is for; empty where nobody says. */
  about: z.string(),
  required: z.boolean(),
  /** What stands in it is a secret, and is written as `${NAME}`. Of `pairs`: in each of them. */
  secret: z.boolean(),
  /** Seldom needed: out of sight until asked for. */
  folded: z.boolean(),
  /** `lines`: it reads a file of the collector's machine, so it is not tried; `file`: it counts only in headroom.yaml. */
  reach: z.enum(['tried', 'lines', 'file']),
  /** A list that may also be written as the one text in it. */
  orOne: z.boolean(),
  choices: z.array(z.string()).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  example: z.string().optional(),
})
export type SourceField = z.infer<typeof SourceField>

export const SourceOption = SourceField.extend({
  shape: z.enum([...SourceField.shape.shape.options, 'group']),
  /** Of a group: what is in it. */
  options: z.array(SourceField).optional(),
})
export type SourceOption = z.infer<typeof SourceOption>

/** A kind of source that this collector has: what it watches, what it gives, what has to be said of it. */
export const SourceKindView = z.object({
  kind: z.string(),
  title: z.string(),
  about: z.string(),
  /** Metrics of the catalogue that it gives by itself. */
  gives: z.array(z.string()),
  /** It gives whatever it is given: any number, where the answer holds it. */
  givesWhatItHolds: z.boolean(),
  /** It speaks by itself: nothing is asked of it, or not only. */
  pushed: z.boolean(),
  /** Where it is pushed to over HTTP: paths of the collector, `:system` standing for the id of its system. */
  paths: z.array(z.string()),
  /** What to set where it is pushed from, in a sentence or two. */
  sender: z.string().optional(),
  options: z.array(SourceOption),
})
export type SourceKindView = z.infer<typeof SourceKindView>

/** A documented system: what it is, and the flags that a system of this preset has, those of every system among them. */
export const PresetView = z.object({
  id: z.string(),
  title: z.string(),
  about: z.string(),
  flags: z.array(z.object({ id: z.string(), title: z.string(), metric: z.string(), severity: Severity })),
})
export type PresetView = z.infer<typeof PresetView>
