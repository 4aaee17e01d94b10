import { describe, expect, it } from 'vitest'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { cardOrder } from './card-order.ts'

const system = (id: string, state: SystemView['state'], down = false): SystemView => ({
  id,
  name: id,
  presets: [],
  state,
  down,
  since: 0,
  sources: [],
  headroom: [],
  texts: [],
  alerts: { warning: 0, critical: 0 },
})

describe('cardOrder', () => {
  it('puts the worst first and keeps the configured order within a state', () => {
    const order = cardOrder([
      system('a', 'ok'),
      system('b', 'warning'),
      system('c', 'critical'),
      system('d', 'ok'),
      system('e', 'unknown'),
      system('f', 'critical', true),
    ])
    expect(order.map((each) => each.id)).toEqual(['f', 'c', 'e', 'b', 'a', 'd'])
  })
})
