import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newWorld } from './testing/world.ts'

describe('the words of the call', () => {
  test.each([
    [['strat'], 'there is no command "strat"; did you mean "start"?'],
    [['--verison'], 'there is no option "--verison"; did you mean "--version"?'],
    [['start', '--prot', '1'], 'start: there is no option --prot; did you mean "--port"?'],
    [['start', '--port'], 'start: --port needs a value: --port PORT'],
    [['start', '--port', '--demo'], 'start: --port needs a value: --port PORT'],
    [['start', '--demo=yes'], 'start: --demo takes no value'],
    [['start', '--port', '1', '--port', '2'], 'start: --port is given twice'],
    [['start', 'now'], 'start: "now" is a word too many'],
    [['init'], 'init: URL is missing'],
    [[], 'a command is missing'],
  ])('%j are wrong: exit 2, what is meant, and the usage', async (argv, message) => {
    await using world = await newWorld()
    const { code, err, out } = await world.run(argv)
    expect(code).toBe(2)
    expect(err.split('\n')[0]).toBe(`headroom: ${message}`)
    expect(err).toContain('Usage: headroom')
    expect(out).toBe('')
  })

  test.each(['export', 'import', 'open', 'backup', 'restore', 'rehearse', 'notify', 'token'])(
    '%s is not in this version yet',
    async (name) => {
      await using world = await newWorld()
      expect(await world.run([name, '--anything', 'x'])).toMatchObject({
        code: 1,
        err: `headroom ${name}: not in this version yet\n`,
      })
    },
  )

  test('--version and --help', async () => {
    await using world = await newWorld()
    expect(await world.run(['--version'])).toMatchObject({ code: 0, out: 'headroom 1.2.3\n' })
    const help = await world.run(['--help'])
    expect(help.code).toBe(0)
    for (const name of ['start', 'check', 'init', 'schema', 'rehearse']) expect(help.out).toContain(`\n  ${name}`)
    const own = await world.run(['start', '-h'])
    expect(own).toMatchObject({ code: 0, err: '' })
    expect(own.out).toContain('--port PORT')
  })

  test('schema prints JSON Schema', async () => {
    await using world = await newWorld()
    const { code, out } = await world.run(['schema'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ title: 'headroom.yaml', type: 'object' })
  })
})

describe('start', () => {
  test('without a file is the demo, with data of its own', async () => {
    await using world = await newWorld()
    const { code, started } = await world.run(['start'])
    expect(code).toBe(0)
    expect(started).toEqual([
      {
        config: null,
        host: '127.0.0.1',
        port: 4600,
        data: join(world.folder, 'data/demo'),
        demo: true,
        file: join(world.folder, 'headroom.yaml'),
        ownData: join(world.folder, 'data'),
      },
    ])
  })

  test('with headroom.yaml here watches that', async () => {
    await using world = await newWorld()
    await writeFile(join(world.folder, 'headroom.yaml'), 'systems: []')
    const { started } = await world.run(['start'])
    expect(started).toEqual([
      {
        config: join(world.folder, 'headroom.yaml'),
        host: '127.0.0.1',
        port: 4600,
        data: join(world.folder, 'data'),
        demo: false,
        file: join(world.folder, 'headroom.yaml'),
        ownData: join(world.folder, 'data'),
      },
    ])
    expect((await world.run(['start', '--demo', '--data', 'here'])).started).toMatchObject([
      {
        config: null,
        demo: true,
        data: join(world.folder, 'here'),
        file: join(world.folder, 'headroom.yaml'),
        ownData: join(world.folder, 'here'),
      },
    ])
  })

  test('options go before the environment', async () => {
    await using world = await newWorld()
    await writeFile(join(world.folder, 'mine.yaml'), 'systems: []')
    const variables = {
      HEADROOM_CONFIG: 'mine.yaml',
      HEADROOM_HOST: '0.0.0.0',
      HEADROOM_PORT: '5000',
      HEADROOM_DATA: 'kept',
    }
    expect((await world.run(['start'], variables)).started).toEqual([
      {
        config: join(world.folder, 'mine.yaml'),
        host: '0.0.0.0',
        port: 5000,
        data: join(world.folder, 'kept'),
        demo: false,
        file: join(world.folder, 'mine.yaml'),
        ownData: join(world.folder, 'kept'),
      },
    ])
    const argv = ['start', '-c', 'mine.yaml', '--host', '::1', '-p', '0', '--data', '/tmp/x']
    expect((await world.run(argv, { ...variables, HEADROOM_CONFIG: 'other.yaml' })).started).toMatchObject([
      { config: join(world.folder, 'mine.yaml'), host: '::1', port: 0, data: '/tmp/x', demo: false },
    ])
  })

  test.each([
    [['start', '--config', 'none.yaml'], {}, 1, 'there is no file'],
    [['start', '--config', 'a', '--demo'], {}, 2, 'exclude each other'],
    [['start', '--port', '70000'], {}, 2, '--port must be a number from 0 to 65535, not "70000"'],
    [['start'], { HEADROOM_PORT: 'http' }, 2, 'HEADROOM_PORT must be a number'],
  ])('%j with %j is refused', async (argv, variables, code, message) => {
    await using world = await newWorld()
    const outcome = await world.run(argv, variables)
    expect(outcome).toMatchObject({ code, started: [] })
    expect(outcome.err).toContain(message)
  })
})
