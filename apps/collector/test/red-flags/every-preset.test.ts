import { expect, it } from 'vitest'
import { loadPresets } from '../../src/presets/load.ts'
import { fastapiOnRender } from './tables/fastapi-on-render.ts'
import { gunicornOnEc2 } from './tables/gunicorn-on-ec2.ts'
import { ideOnEcs } from './tables/ide-on-ecs.ts'
import { webService } from './tables/web-service.ts'
import { webuiAndRqOnOpenshift } from './tables/webui-and-rq-on-openshift.ts'
import { workshopOnRender } from './tables/workshop-on-render.ts'

const TABLES = [webService, workshopOnRender, webuiAndRqOnOpenshift, gunicornOnEc2, ideOnEcs, fastapiOnRender]

it('every preset has a table, and every flag of a table is one of its preset or of every system', () => {
  const presets = loadPresets()
  expect(TABLES.map(({ preset }) => preset).toSorted()).toEqual([...presets.keys()].toSorted())
  const flagsOf = (id: string): string[] => (presets.get(id)?.flags ?? []).map((flag) => flag.id)
  for (const { preset, scenes } of TABLES) {
    const known = new Set([...flagsOf(preset), ...flagsOf('web-service')])
    const shown = scenes.flatMap(({ rows }) => rows).flatMap(({ flags }) => flags)
    expect(shown.filter((id) => !known.has(id))).toEqual([])
  }
})
