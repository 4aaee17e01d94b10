import { describe, expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { phases, workshopMs } from './phases.ts'
import { planStudent, type Step } from './plan-student.ts'

function planOf(index: number, seed = 1): Step[] {
  return planStudent({ phases, index, students: 30, random: seededRandom(seed + index) })
}

describe("a student's plan", () => {
  test('is to arrive, upload 30 images in all, export, and be gone within the workshop', () => {
    const plan = planOf(17)
    expect(plan.map(({ doing }) => doing.kind)).toEqual(['arrive', 'upload', 'upload', 'upload', 'export'])
    expect(plan.reduce((sum, { doing }) => sum + ('images' in doing ? doing.images : 0), 0)).toBe(30)
    expect(plan.at(-1)?.atMs).toBeLessThan(workshopMs)
  })

  test('is in the order of time', () => {
    const times = planOf(3).map(({ atMs }) => atMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('is the same for the same seed, and another for another', () => {
    expect(planOf(5, 42)).toEqual(planOf(5, 42))
    expect(planOf(5, 42)).not.toEqual(planOf(5, 43))
  })

  test('differs between students so that they do not come in step', () => {
    const arrivals = Array.from({ length: 30 }, (_, index) => planOf(index)[0]?.atMs ?? 0)
    expect(new Set(arrivals).size).toBe(30)
    expect(Math.max(...arrivals)).toBeLessThanOrEqual(45_000)
  })
})
