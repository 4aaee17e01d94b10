import { noise } from './noise.ts'

export const MIN = 60_000
export const MIB = 2 ** 20

/** A value that wanders between two others, smoothly, once about every `period` ms. */
export const wobble =
  (seed: number, period: number, low: number, high: number) =>
  (t: number): number =>
    low + (high - low) * noise(seed, t, period)

export const whole =
  (make: (t: number) => number) =>
  (t: number): number =>
    Math.round(make(t))

/** With one decimal. */
export const one =
  (make: (t: number) => number) =>
  (t: number): number =>
    Math.round(make(t) * 10) / 10

export const constant = (value: number) => (): number => value
