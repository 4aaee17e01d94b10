import { beforeAll, describe, expect, it } from 'vitest'
import { loadPresets } from '../../../src/presets/load.ts'
import { type Outcome, play } from './play.ts'
import type { Row, Scenes, Table } from './types.ts'

/** Of real time; on idle cores it is seconds. */
const PLAY_MS = 120_000

/** A table as a specification: each row fires its flags and no others once something is wrong, and clears them after. */
export function specify(table: Table): void {
  describe(`the red flags of ${table.preset}`, () => {
    for (const scenes of table.scenes) describe(scenes.title, () => specifyScenes(table.preset, scenes))

    it('are all in the table', () => {
      const shown = table.scenes.flatMap(({ rows }) => rows).flatMap(({ flags }) => flags)
      const preset = loadPresets().get(table.preset)
      const own = (preset?.flags ?? []).filter(({ off }) => off !== true).map(({ id }) => id)
      expect(own.length).toBeGreaterThan(0)
      expect(own.filter((id) => !shown.includes(id))).toEqual([])
    })
  })
}

function specifyScenes(preset: string, scenes: Scenes): void {
  let outcomes: ReadonlyMap<Row, Outcome> = new Map()
  beforeAll(async () => {
    outcomes = await play(preset, scenes)
  }, PLAY_MS)

  it.each(scenes.rows.map((row) => ({ ...row, row })))('"$says": $when raises $flags', ({ row }) => {
    const outcome = outcomes.get(row)
    expect(outcome?.unheard).toEqual([])
    const { wrongAt, wellAt, alerts } = outcome ?? { wrongAt: 0, wellAt: 0, alerts: [] }
    expect([...new Set(alerts.map(({ flag }) => flag))].toSorted()).toEqual(row.flags.toSorted())
    for (const { flag, state, firedAt = 0, resolvedAt = 0 } of alerts) {
      expect(firedAt, `${flag} fired before anything was wrong`).toBeGreaterThanOrEqual(wrongAt)
      expect(firedAt, `${flag} fired after all was well again`).toBeLessThanOrEqual(wellAt)
      expect(state, `${flag} did not clear`).toBe('resolved')
      expect(resolvedAt, `${flag} cleared before it fired`).toBeGreaterThan(firedAt)
    }
  })
}
