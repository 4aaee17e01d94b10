import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flagSupplied } from '@headroom/shared/rules/lines.ts'
import { isMap, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml'
import { z } from 'zod'
import { newWorld } from '../../src/cli/testing/world.ts'
import { loadConfig } from '../../src/config/load.ts'
import { loadPresets } from '../../src/presets/load.ts'
import { SOURCES } from '../../src/sources/index.ts'
import { serve, type Served } from '../../src/sources/testing/serve.ts'

/** Read once: parsing them takes longer than all else of loading a configuration. */
export const PRESETS = loadPresets()
const FOLDER = new URL('../../../../docs/examples/', import.meta.url)

export const exampleText = (name: string): Promise<string> => readFile(new URL(name, FOLDER), 'utf8')

/** The answers that docs/examples/README.md says an application has to give, by their address. */
async function documentedAnswers(): Promise<Map<string, string>> {
  const blocks = (await exampleText('README.md')).matchAll(/^`GET (\S+)`\n\n```json\n(.*?)^```$/gms)
  return new Map([...blocks].map(([, address = '', body = '']) => [address, body]))
}

/** A server that gives those answers, and others by their address: `https://HOST/PATH` under `/HOST/PATH`. */
export async function serveAnswers(others: Readonly<Record<string, string>> = {}): Promise<Served> {
  const all = [...(await documentedAnswers()), ...Object.entries(others)]
  const answers = new Map(all.map(([address, body]) => [placeOf(new URL(address)), body]))
  return serve((request, response) => {
    const body = answers.get(new URL(request.url ?? '/', 'http://fake').pathname)
    response.writeHead(body === undefined ? 404 : 200).end(body)
  })
}

const placeOf = ({ host, pathname }: URL): string => `/${host}${pathname}`

const Checked = z.object({
  ok: z.boolean(),
  warnings: z.array(z.unknown()),
  systems: z.array(
    z.object({
      sources: z.array(
        z.object({
          id: z.string(),
          type: z.string(),
          ok: z.boolean(),
          error: z.object({ message: z.string() }).optional(),
          mapped: z.array(z.object({ metric: z.string(), value: z.unknown() })),
        }),
      ),
    }),
  ),
})

export type ExampleCheck = {
  code: number
  /** As a person sees it. */
  text: string
  err: string
  json: z.infer<typeof Checked>
}

/** Changes one source of an example: `of` is its id, or its type where it has none. */
export type Change = (of: string, source: YAMLMap) => void

/**
 * Runs `headroom check` on an example, as it stands but for what `change` replaces: the addresses of what stands in for
 * the services. With `only`, on these of its sources.
 */
export async function checkExample(
  name: string,
  { variables = {}, change, only }: { variables?: Record<string, string>; change: Change; only?: readonly string[] },
): Promise<ExampleCheck> {
  const document = parseDocument(await exampleText(name))
  const sources = sourcesOf(document)
  sources.items = sources.items.filter((source) => only === undefined || only.includes(nameOf(source)))
  for (const source of sources.items) change(nameOf(source), source)
  await using world = await newWorld(SOURCES)
  await writeFile(join(world.folder, 'headroom.yaml'), document.toString())
  const { out: text, err, code } = await world.run(['check'], variables)
  const { out } = await world.run(['check', '--json'], variables)
  return { code, text, err, json: Checked.parse(JSON.parse(out)) }
}

function sourcesOf(document: Document): { items: YAMLMap[] } {
  const sources: unknown = document.getIn(['systems', 0, 'sources'])
  if (!isSeq(sources) || !sources.items.every((item) => isMap(item))) throw new Error('an example has one system')
  return sources as { items: YAMLMap[] }
}

const nameOf = (source: YAMLMap): string => String(source.get('id') ?? source.get('type'))

/** Points the address of a source at a server of `serveAnswers`. */
export function moveTo(server: Served, source: YAMLMap): void {
  source.set('url', `${server.url}${placeOf(new URL(String(source.get('url'))))}`)
}

/**
 * The flags of the example's system that nothing feeds. A metric is fed where the check has mapped it, or where the kind
 * of one of its sources names it among what it gives: some come only when something happens, or with the second answer.
 * Of kinds that give what they hold only what was mapped counts.
 */
export async function unfedFlags(name: string, { json }: ExampleCheck): Promise<string[]> {
  const loaded = loadConfig(await exampleText(name), {
    lookup: () => 'value',
    sources: SOURCES,
    presets: PRESETS,
  })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  const [system] = loaded.compiled.systems
  const mapped = new Map(json.systems.flatMap(({ sources }) => sources.map((one) => [one.id, one.mapped])))
  const fed = (metric: string, source?: string): boolean =>
    (system?.sources ?? []).some(({ id, type }) => {
      const { gives } = SOURCES[type as keyof typeof SOURCES]
      const named: readonly string[] = gives === 'what it holds' ? [] : gives
      const all = ['up', 'probe.seconds', ...named, ...(mapped.get(id) ?? []).map((one) => one.metric)]
      return (source === undefined || source === id) && all.includes(metric)
    })
  return (system?.flags ?? []).filter((flag) => !flagSupplied(flag, fed)).map(({ id }) => id)
}
