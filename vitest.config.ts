import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { findTool, type ToolName, tools, withBeside } from './scripts/check/tools.ts'

const notTests = ['**/node_modules/**', '**/dist/**']

/** How many files of the suites with programs go at a time: they mostly wait, for pages and for programs of their own. */
const ABREAST = 2

/**
 * What ends a test that hangs, and judges nothing: longer than its own waits together, each of which says what it found
 * last. A test that is to be quick measures that itself.
 */
const LIMITS = { testTimeout: 90_000, hookTimeout: 90_000, expect: { poll: { timeout: 20_000 } } }

/** Suites that run against a real program, told where it lies. */
const withTool = (name: ToolName): TestProjectInlineConfiguration => ({
  test: {
    name,
    include: [`**/*.${name}.test.ts`],
    exclude: notTests,
    ...LIMITS,
    maxWorkers: ABREAST,
    // As many stories at once as keep a core busy.
    maxConcurrency: 3,
    env: Object.fromEntries(withBeside(name).map((tool) => [tool.env, findTool(tool) ?? ''])),
  },
})

/** The stories take longest by far: whoever begins with them ends soonest. */
class StoriesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const asBefore = await super.sort(files) // oxlint-disable-line unicorn/no-array-sort -- it is not an array's
    return asBefore.toSorted((a, b) => Number(isStories(b)) - Number(isStories(a)))
  }
}

const isStories = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/stories.browser.test.ts')

const toolNames = Object.keys(tools) as ToolName[]

export default defineConfig({
  test: {
    // The clock of a test is a fake one; a time zone left to the machine would be chance by another name.
    env: { TZ: 'UTC' },
    sequence: { sequencer: StoriesFirst },
    projects: [
      {
        test: {
          name: 'unit',
          ...LIMITS,
          // They keep nothing between files and replace no module; loading all anew for each takes longer than they do.
          isolate: false,
          include: ['{apps,packages}/*/{src,dev}/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: [...notTests, `**/*.{${toolNames.join(',')}}.test.ts`],
        },
      },
      {
        test: {
          name: 'integration',
          // They mostly wait, for systems that are asked once a second: more at a time than there are cores.
          maxWorkers: 4,
          // After the unit tests, which go as many at a time as there are cores.
          sequence: { groupOrder: 1 },
          include: ['apps/*/test/**/*.test.ts'],
          exclude: [...notTests, `**/*.{${toolNames.join(',')}}.test.ts`],
          ...LIMITS,
        },
      },
      ...toolNames.map(withTool),
    ],
  },
})
