import { describe, expect, it } from 'vitest'
import { importsOf } from './imports.ts'
import { judge } from './judge.ts'

const verdicts = (file: string, text: string): (string | undefined)[] => importsOf(file, text).map(judge)
const verdict = (file: string, specifier: string): string | undefined =>
  verdicts(file, `import { x } from '${specifier}'\n`)[0]

const source = 'apps/collector/src/sources/host/poll.ts'
const route = 'apps/collector/src/http/routes/series.ts'
const feature = 'apps/web/src/features/system/Tile.tsx'

describe('the layers', () => {
  it.each([
    [source, './mapping.ts'],
    [source, '../types.ts'],
    [source, '../http-client/http-client.ts'],
    [source, '../../lib/clock.ts'],
    [source, '@headroom/shared/model/reading.ts'],
    ['apps/collector/src/sources/index.ts', './host/index.ts'],
    [route, '../../store/types.ts'],
    ['apps/collector/src/store/sqlite/sqlite-store.ts', '../buckets.ts'],
    ['apps/collector/src/app.ts', './store/sqlite/open-store.ts'],
    ['apps/collector/src/cli/start.ts', '../app.ts'],
    [feature, '../../charts/Chart.tsx'],
    ['apps/web/src/app/router.tsx', '../features/system/System.tsx'],
    ['apps/collector/src/http/api.test.ts', '../store/memory.ts'],
  ])('%s may import %s', (file, specifier) => {
    expect(verdict(file, specifier)).toBeUndefined()
  })

  it.each([
    [source, '../http-json/mapping/derive.ts', 'a source may not import a source'],
    [source, '../index.ts', 'may not import the table of sources'],
    [source, '../../store/types.ts', 'a source may not import ports'],
    [route, '../../store/sqlite/open-store.ts', 'http may not import'],
    ['apps/collector/src/live/hub.ts', '../store/memory.ts', 'insides'],
    [feature, '../overview/Card.tsx', 'a feature may not import a feature'],
    ['apps/web/src/ui/Num.tsx', '../data/clock.ts', 'ui may not import data'],
    ['apps/web/src/data/live.ts', '@headroom/collector/live/types.ts', 'data may not import'],
    ['packages/shared/src/time.ts', '@headroom/collector/lib/clock.ts', 'shared may not import lib'],
    ['packages/shared/src/time.ts', '../../../apps/web/src/data/clock.ts', "import it by its package's name"],
    ['apps/collector/src/app.ts', './live/testing/rig.ts', 'for tests only'],
    ['apps/web/src/data/live.test.ts', '@headroom/collector/app.ts', 'its own package and shared ones only'],
    ['apps/collector/src/brand-new/x.ts', './y.ts', 'belongs to no layer'],
  ])('%s may not import %s', (file, specifier, reason) => {
    expect(verdict(file, specifier)).toContain(reason)
  })

  it('gives a package to its owner alone', () => {
    expect(verdict(feature, 'recharts')).toContain('recharts belongs to')
    expect(verdict('apps/web/src/charts/ChartPicture.tsx', 'recharts')).toBeUndefined()
    expect(verdict(route, 'node:sqlite')).toContain('node:sqlite belongs to')
  })

  it('sees every form of import', () => {
    const text = [
      "import '../index.ts'",
      "import type { X } from '../index.ts'",
      "import {\n  a,\n  b,\n} from '../index.ts'",
      "export { a } from '../index.ts'",
      "const late = await import('../index.ts')",
      "// import { x } from '../index.ts'",
      'const words = "import { x } from \'../index.ts\'"',
    ].join('\n')
    expect(importsOf(source, text).map((found) => found.line)).toEqual([1, 2, 3, 7, 8])
    expect(verdicts(source, text).every((reason) => reason?.includes('may not import'))).toBe(true)
  })

  it('wants exports named', () => {
    expect(verdicts(source, "export * from './mapping.ts'\n")).toEqual([expect.stringContaining('name it')])
  })
})
