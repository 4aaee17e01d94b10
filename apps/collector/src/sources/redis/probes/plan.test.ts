import { describe, expect, test } from 'vitest'
import { Turns } from './plan.ts'
import type { Probe } from './probe.ts'

type Counted = Probe & { name: string; asked: number }

function probe(kind: string, name: string, cost: number): Counted {
  const counted: Counted = {
    kind,
    name,
    asked: 0,
    cost: () => cost,
    first: () => Array.from({ length: cost }, () => ['PING'] as const),
    second: () => [],
    done: () => void counted.asked++,
  }
  return counted
}

const SHARES = { length: 8, running: 2, oldest: 2, failed: 2 }

async function looks(probes: readonly Counted[], budget: number, times: number): Promise<number[]> {
  const turns = new Turns()
  const spent: number[] = []
  for (let look = 0; look < times; look++) {
    let commands = 0
    await turns.ask(
      probes,
      SHARES,
      budget,
      async (list) => {
        commands += list.length
        return list.map(() => 'PONG')
      },
      look,
    )
    spent.push(commands)
  }
  return spent
}

describe('the turns of probes', () => {
  test('a few queues are asked for everything in every look', async () => {
    const probes = ['a', 'b'].flatMap((name) => [
      probe('length', name, 1),
      probe('running', name, 2),
      probe('oldest', name, 1),
    ])
    expect(await looks(probes, 16, 5)).toEqual([8, 8, 8, 8, 8])
    expect(probes.map(({ asked }) => asked)).toEqual([5, 5, 5, 5, 5, 5])
  })

  test('no look costs more than the budget, however many queues there are, and each has its turn', async () => {
    const probes = Array.from({ length: 50 }, (_, index) => String(index)).flatMap((name) => [
      probe('length', name, 1),
      probe('running', name, 2),
      probe('oldest', name, 2),
      probe('failed', name, 2),
    ])
    const spent = await looks(probes, 14, 200)
    expect(Math.max(...spent)).toBeLessThanOrEqual(14)
    for (const kind of Object.keys(SHARES)) {
      const asked = probes.filter((one) => one.kind === kind).map((one) => one.asked)
      expect(Math.min(...asked)).toBeGreaterThan(0)
      expect(Math.max(...asked) - Math.min(...asked)).toBeLessThanOrEqual(1)
    }
  })

  test('what a probe did not need of its cost goes to the next', async () => {
    const frugal = { ...probe('running', 'a', 1), cost: () => 10 }
    const other = probe('failed', 'a', 8)
    await looks([frugal, other], 12, 1)
    expect(other.asked).toBe(1)
  })
})
