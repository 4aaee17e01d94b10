import { describe, expect, it } from 'vitest'
import { createExpositionReader, type ExpositionProblem, type Sample } from './read-exposition.ts'

type Read = { samples: Sample[]; problem: ExpositionProblem | undefined }

function read(text: string | Uint8Array, { openMetrics = false, pieces = 1_000_000 } = {}): Read {
  const samples: Sample[] = []
  const reader = createExpositionReader(openMetrics, (sample) => samples.push(sample))
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  for (let at = 0; at < bytes.length; at += pieces) if (!reader.write(bytes.subarray(at, at + pieces))) break
  return { samples, problem: reader.end() }
}

const values = (text: string): [string, number][] => read(text).samples.map(({ name, value }) => [name, value])

/** The example of the format's own document, with its escapes and its "weird metric from before the epoch". */
const EXAMPLE = `# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400"}    3 1395066363000

# Escaping in label values:
msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

# Minimalistic line:
metric_without_timestamp_and_labels 12.47

# A weird metric from before the epoch:
something_weird{problem="division by zero"} +Inf -3982045

# A histogram, which has a pretty complex representation in the text format:
# HELP http_request_duration_seconds A histogram of the request duration.
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.05"} 24054
http_request_duration_seconds_bucket{le="+Inf"} 144320
http_request_duration_seconds_sum 53423
http_request_duration_seconds_count 144320

# Finally a summary, which has a complex representation, too:
# TYPE rpc_duration_seconds summary
rpc_duration_seconds{quantile="0.01"} 3102
rpc_duration_seconds_sum 1.7560473e+07
rpc_duration_seconds_count 2693
`

const OPEN_METRICS = `# TYPE acme_http_router_request_seconds summary
# UNIT acme_http_router_request_seconds seconds
# HELP acme_http_router_request_seconds Latency though all of ACME's HTTP request router.
acme_http_router_request_seconds_sum{path="/api/v1",method="GET"} 9036.32
acme_http_router_request_seconds_count{path="/api/v1",method="GET"} 807283.0
acme_http_router_request_seconds_created{path="/api/v1",method="GET"} 1605281325.0
# TYPE go_goroutines gauge
# HELP go_goroutines Number of goroutines that currently exist.
go_goroutines 69
# TYPE foo histogram
foo_bucket{le="0.1"} 8 # {} 0.054
foo_bucket{le="1.0"} 11 # {trace_id="KOO5S4vxi0o"} 0.67
foo_bucket{le="10.0"} 17 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
foo_bucket{le="+Inf"} 17
foo_count 17
foo_sum 324789.3
# TYPE process_cpu_seconds counter
# UNIT process_cpu_seconds seconds
process_cpu_seconds_total 4.20072246e+06 1605281330.5
# EOF
`

describe('the text format', () => {
  it('is read as its document writes it', () => {
    const { samples, problem } = read(EXAMPLE)
    expect(problem).toBeUndefined()
    expect(samples.map(({ name, value }) => [name, value])).toEqual([
      ['http_requests_total', 1027],
      ['http_requests_total', 3],
      ['msdos_file_access_time_seconds', 1.458255915e9],
      ['metric_without_timestamp_and_labels', 12.47],
      ['something_weird', Infinity],
      ['http_request_duration_seconds_bucket', 24054],
      ['http_request_duration_seconds_bucket', 144320],
      ['http_request_duration_seconds_sum', 53423],
      ['http_request_duration_seconds_count', 144320],
      ['rpc_duration_seconds', 3102],
      ['rpc_duration_seconds_sum', 1.7560473e7],
      ['rpc_duration_seconds_count', 2693],
    ])
    expect(samples[0]).toEqual({
      name: 'http_requests_total',
      family: 'http_requests_total',
      type: 'counter',
      unit: undefined,
      labels: ['method', 'post', 'code', '200'],
      value: 1027,
      at: 1395066363000,
    })
    expect(samples[2]?.labels).toEqual(['path', 'C:\\DIR\\FILE.TXT', 'error', 'Cannot find file:\n"FILE.TXT"'])
    expect(samples[4]?.at).toBe(-3982045)
    expect(samples.slice(5).map(({ family, type }) => `${family} ${type}`)).toEqual([
      ...Array.from({ length: 4 }, () => 'http_request_duration_seconds histogram'),
      ...Array.from({ length: 3 }, () => 'rpc_duration_seconds summary'),
    ])
  })

  it('allows blanks and tabs anywhere, a comma after the last label, and labels with braces, commas, # and = in them', () => {
    const [sample] = read('a\t{ b = "1" ,\tc="x,}# {=" , }  7   5\n').samples
    expect(sample).toMatchObject({ name: 'a', labels: ['b', '1', 'c', 'x,}# {='], value: 7, at: 5 })
    expect(read('a{} 1\nb {x=""} 2\n').samples.map(({ labels }) => labels)).toEqual([[], ['x', '']])
  })

  it('knows every number that Go reads', () => {
    const text = [
      '1',
      '-1.5',
      '+2.',
      '.5',
      '1e9',
      '1E-3',
      'NaN',
      'nan',
      '+Inf',
      '-Inf',
      'Inf',
      'infinity',
      '0x1F',
      '0x1p-2',
    ]
    expect(values(text.map((number, index) => `m${index} ${number}\n`).join('')).map(([, value]) => value)).toEqual([
      1,
      -1.5,
      2,
      0.5,
      1e9,
      1e-3,
      NaN,
      NaN,
      Infinity,
      -Infinity,
      Infinity,
      Infinity,
      31,
      0.25,
    ])
    for (const wrong of ['', '1_000', '0b1', 'one', '1,5', '1 2 3', '1 NaN'])
      expect(read(`m ${wrong}\n`).problem?.code, wrong).toBe('not_exposition')
  })

  it('takes names in quotes, as newer exporters write those that are no plain words', () => {
    expect(read('{"my.metric"} 1\n{"other metric", "lab.el"="v\\"1"} 2\n').samples).toMatchObject([
      { name: 'my.metric', labels: [] },
      { name: 'other metric', labels: ['lab.el', 'v"1'], value: 2 },
    ])
  })

  it('takes the line ends of Windows, and texts beyond ASCII', () => {
    expect(read('# TYPE a counter\r\na{who="Zoë"} 1\r\n').samples).toMatchObject([
      { type: 'counter', labels: ['who', 'Zoë'] },
    ])
  })

  it('knows a histogram by its buckets where nobody said its type', () => {
    expect(read('h_bucket{le="1"} 1\nh_count 1\nh_sum 2\n').samples.map(({ family, type }) => [family, type])).toEqual([
      ['h', 'histogram'],
      ['h', 'histogram'],
      ['h', 'histogram'],
    ])
  })

  it('reads the same in whatever pieces it comes', () => {
    const text = `${EXAMPLE}z{who="Zoë €"} 1\n`
    for (const pieces of [1, 2, 7, 64]) expect(read(text, { pieces })).toEqual(read(text))
  })

  it.each(['a{b="1" 2', 'a{b=1} 2', 'a{="1"} 2', 'a{b="1"c="2"} 2', 'a b c', '{} 1', 'a{b="1"}', '1a 2', 'a'])(
    'that holds "%s" is refused with the line, and the rest is not looked at',
    (line) => {
      const { problem } = read(`ok 1\n${line}\nlater 2\n`)
      expect(problem).toEqual({
        code: 'not_exposition',
        message: `line 2 of the exposition cannot be read: "${line}" is no sample; check \`url\``,
      })
    },
  )

  it('without a line that ends is given up, not kept for ever', () => {
    const { problem } = read(`ok 1\n${'x'.repeat(300_000)}`)
    expect(problem?.message).toContain('line 2 of the exposition cannot be read: it does not end')
  })
})

describe('OpenMetrics', () => {
  it('is read as its specification writes it: exemplars, times in seconds, units, families without suffixes', () => {
    const { samples, problem } = read(OPEN_METRICS, { openMetrics: true })
    expect(problem).toBeUndefined()
    expect(samples.map(({ name, family, type, value }) => [name, family, type, value])).toEqual([
      ['acme_http_router_request_seconds_sum', 'acme_http_router_request_seconds', 'summary', 9036.32],
      ['acme_http_router_request_seconds_count', 'acme_http_router_request_seconds', 'summary', 807283],
      ['acme_http_router_request_seconds_created', 'acme_http_router_request_seconds', 'summary', 1605281325],
      ['go_goroutines', 'go_goroutines', 'gauge', 69],
      ['foo_bucket', 'foo', 'histogram', 8],
      ['foo_bucket', 'foo', 'histogram', 11],
      ['foo_bucket', 'foo', 'histogram', 17],
      ['foo_bucket', 'foo', 'histogram', 17],
      ['foo_count', 'foo', 'histogram', 17],
      ['foo_sum', 'foo', 'histogram', 324789.3],
      ['process_cpu_seconds_total', 'process_cpu_seconds_total', 'counter', 4.20072246e6],
    ])
    expect(samples.at(-1)).toMatchObject({ unit: 'seconds', at: 1605281330500 })
    expect(samples[5]?.labels).toEqual(['le', '1.0'])
  })

  it('goes on after its end only by mistake', () => {
    expect(read('a 1\n# EOF\nb 2\n', { openMetrics: true }).problem?.message).toContain('line 3')
    for (const end of ['# EOF\n', '# EOF']) expect(read(`a 1\n${end}`, { openMetrics: true }).problem).toBeUndefined()
  })
})

describe('an exposition that is cut', () => {
  it('anywhere is noticed in OpenMetrics, with the line', () => {
    const bytes = new TextEncoder().encode(OPEN_METRICS)
    for (let length = 1; length < bytes.length - 1; length++)
      expect(read(bytes.subarray(0, length), { openMetrics: true }).problem?.code, String(length)).toBe('cut')
    const { problem } = read(bytes.subarray(0, OPEN_METRICS.indexOf('go_goroutines 6') + 15), { openMetrics: true })
    expect(problem?.message).toMatch(/^the exposition ends in the middle, line 9;/)
  })

  it('within a line is noticed in the text format too', () => {
    for (let length = 1; length < EXAMPLE.length; length++) {
      if (EXAMPLE[length - 1] === '\n') continue
      expect(read(EXAMPLE.slice(0, length)).problem?.code, EXAMPLE.slice(0, length)).toBe('cut')
    }
    expect(read('a 1\nb 12').problem?.message).toMatch(/^the exposition ends in the middle, line 2;/)
  })
})

describe('what is no exposition', () => {
  it.each([
    ['<!doctype html>\n<html>', 'html', 'answers a web page'],
    ['<html>', 'html', 'answers a web page'],
    ['{"status": "ok"}', 'json', 'type: http-json'],
    ['{\n  "status": "ok"\n}\n', 'json', 'type: http-json'],
    ['[1]\n', 'json', 'type: http-json'],
    ['', 'empty', 'the body is empty'],
    [' ', 'empty', 'the body is empty'],
  ])('%j is told as what it is', (text, code, words) => {
    const { problem } = read(text)
    expect([problem?.code, problem?.message]).toEqual([code, expect.stringContaining(words)])
  })
})
