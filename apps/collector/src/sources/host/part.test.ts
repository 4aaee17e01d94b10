import { expect, it } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { createPart } from './part.ts'

it('what takes too long is left out, is not begun again meanwhile, and is asked as ever once it has come', async () => {
  const clock = new FakeClock()
  const asked: PromiseWithResolvers<string>[] = []
  const disks = createPart<string, string>(
    () => {
      const answer = Promise.withResolvers<string>()
      asked.push(answer)
      return answer.promise
    },
    'not known',
    { clock, waitMs: 2_500, failed: () => undefined },
  )
  for (let look = 1; look <= 3; look++) {
    const looked = disks('now')
    await clock.advance(2_500)
    expect([await looked, asked.length]).toEqual(['not known', 1])
  }
  asked[0]?.resolve('at last')
  await clock.advance(0)
  const looked = disks('now')
  asked[1]?.resolve('40 %')
  expect(await looked).toBe('40 %')
})

it('what fails is left out, told, and begun again at the next look', async () => {
  const told: unknown[] = []
  let looks = 0
  const disks = createPart<string, string>(
    async (name) => {
      if (++looks === 1) throw new Error(`no ${name}`)
      return '40 %'
    },
    'not known',
    { clock: new FakeClock(), waitMs: 2_500, failed: (error) => told.push(error) },
  )
  expect([await disks('df'), await disks('df')]).toEqual(['not known', '40 %'])
  expect(told).toEqual([new Error('no df')])
})
