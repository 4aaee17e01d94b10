import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { loadPresets } from '@headroom/collector/presets/load.ts'
import { LineScanner } from '@headroom/collector/sources/log/lines/line-scanner.ts'
import { log } from '@headroom/collector/sources/log/log.ts'
import { patternSet } from '@headroom/collector/sources/log/patterns/pattern-set.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'

/**
 * What reading a log costs: every pattern of every preset looked for in an access log, against `grep -cE` with the same
 * patterns on the same file in the same run; and what a log costs in which nothing is written.
 * Usage: node bench/log.ts [MiB] [seconds of idling]
 */
const ROLE = process.argv[2] === 'read' || process.argv[2] === 'idle' ? process.argv[2] : 'ask'
const WORDS = process.argv.slice(ROLE === 'ask' ? 2 : 3)
const [MEBIBYTES, IDLE_S] = [Number(WORDS[0] ?? 256), Number(WORDS[1] ?? 30)]
/** As the launcher starts the collector: small rather than fast. */
const NODE_FLAGS = ['--optimize-for-size', '--no-maglev']
const PIECE_BYTES = 256 * 1024
const EVERY_MS = 5_000
const TARGETS = { idleCorePercent: 1, floodCorePercent: 25 }

type Took = { lines: number; seconds: number }

if (ROLE === 'read') await read(WORDS[0] ?? '')
else if (ROLE === 'idle') await idle(WORDS[0] ?? '', Number(WORDS[1]))
else await ask()

async function ask(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-bench-'))
  const file = join(folder, 'access.log')
  await writeLog(file, MEBIBYTES * 2 ** 20)
  const ours = [await inChild<Took>('read', file), await inChild<Took>('read', file)].toSorted(bySeconds)[0]
  const grep = [grepCount(file), grepCount(file)].toSorted(bySeconds)[0]
  if (ours === undefined || grep === undefined) throw new Error('nothing was measured')
  const rate = MEBIBYTES / ours.seconds
  console.log(
    `${Object.keys(expressions()).length} patterns, ${MEBIBYTES} MiB of access log, ${ours.lines} lines with one of them`,
  )
  console.log(`read and matched: ${rate.toFixed(0)} MiB/s on one core (CPU time)`)
  console.log(
    `grep -cE, LC_ALL=C, the same patterns: ${(MEBIBYTES / grep.seconds).toFixed(0)} MiB/s, ${grep.lines} lines`,
  )
  console.log(`ours against grep: ${(grep.seconds / ours.seconds).toFixed(2)} x`)
  const flood = (100 * 16) / rate
  console.log(
    `a log of 50 MB/s, of which 16 MiB/s are read: ${flood.toFixed(1)} % of a core (target ${TARGETS.floodCorePercent} %)`,
  )
  const quiet = join(folder, 'quiet.log')
  await writeFile(quiet, '')
  const { seconds } = await inChild<{ seconds: number }>('idle', quiet, String(IDLE_S))
  const percent = (100 * seconds) / IDLE_S
  console.log(
    `an idle log, looked at twice a second: ${percent.toFixed(2)} % of a core (target ${TARGETS.idleCorePercent} %)`,
  )
  await rm(folder, { recursive: true })
  const same = ours.lines === grep.lines
  if (!same) console.log('the two do not agree on the lines')
  process.exitCode = same && percent <= TARGETS.idleCorePercent && flood <= TARGETS.floodCorePercent ? 0 : 1
}

function bySeconds(a: { seconds: number }, b: { seconds: number }): number {
  return a.seconds - b.seconds
}

function expressions(): Record<string, string> {
  return Object.assign(
    {},
    ...[...loadPresets().values()].map(({ patterns, goodSigns }) => ({ ...patterns, ...goodSigns })),
  )
}

async function inChild<Answer>(...words: string[]): Promise<Answer> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), words, { execArgv: NODE_FLAGS })
  const [answer] = (await once(child, 'message')) as [Answer]
  child.disconnect()
  return answer
}

/** Reads the file as a source does, piece by piece; only CPU time counts, so that neighbours do not. */
async function read(file: string): Promise<void> {
  const patterns = Object.entries(expressions()).map(([id, expression]) => ({ id, expression, good: false }))
  let lines = 0
  const scanner = new LineScanner(patternSet(patterns).automaton, () => lines++)
  await using handle = await open(file)
  const began = process.cpuUsage()
  const buffer = Buffer.alloc(PIECE_BYTES)
  for (let at = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
    if (bytesRead === 0) break
    scanner.feed(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
  scanner.end()
  process.send?.({ lines, seconds: secondsOf(process.cpuUsage(began)) })
}

/** Follows a file in which nothing is written; what a process costs that does nothing is taken off. */
async function idle(file: string, forSeconds: number): Promise<void> {
  const source = log.open(
    {
      ...log.schema.parse({ file, patterns: expressions() }),
      id: 'log',
      everyMs: EVERY_MS,
      timeoutMs: 1_000,
      maxSeries: 200,
      labels: {},
    },
    { clock: systemClock, log: silentLogger },
  )
  source.listen({ push: () => true, hasRoom: () => true })
  const signal = new AbortController().signal
  await source.poll?.(signal)
  await sleep(2_000)
  const began = process.cpuUsage()
  for (let at = 0; at < forSeconds * 1_000; at += EVERY_MS) {
    await sleep(EVERY_MS)
    await source.poll?.(signal)
  }
  process.send?.({ seconds: secondsOf(process.cpuUsage(began)) })
  await source[Symbol.asyncDispose]()
}

function grepCount(file: string): Took {
  const words = Object.values(expressions()).flatMap((expression) => ['-e', asPosix(expression)])
  const command = `TIMEFORMAT='%U %S'; time LC_ALL=C grep -cE "$@"`
  const { stdout, stderr } = spawnSync('bash', ['-c', command, 'grep', ...words, file], { encoding: 'utf8' })
  const [user = 0, system = 0] = stderr.trim().split(' ').map(Number)
  return { lines: Number(stdout), seconds: user + system }
}

/** grep has neither (?: nor \d, which none of the presets needs to mean more than it can say. */
function asPosix(expression: string): string {
  return expression.replaceAll('(?:', '(').replaceAll('\\d', '[0-9]')
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6
}

/** An access log as nginx writes it, with an application's lines now and then; one line of a thousand is looked for. */
async function writeLog(file: string, bytes: number): Promise<void> {
  const stream = createWriteStream(file)
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36'
  let written = 0
  for (let number = 0; written < bytes;) {
    let batch = ''
    for (let line = 0; line < 1_000; line++, number++) {
      const status = number % 1_000 === 0 ? 503 : number % 37 === 0 ? 404 : 200
      batch +=
        number % 50 === 1
          ? `[2026-11-21 10:00:00 +0000] [${number % 999}] [INFO] caption ${number} took ${number % 17}.503 s on redis://cache\n`
          : `10.0.${number % 256}.7 - - [21/Nov/2026:10:00:00 +0000] "GET /api/captions/${number}?page=${number % 9} HTTP/1.1" ${status} ${number % 5_000} "https://captions.example.com/" "${agent}"\n`
    }
    written += batch.length
    if (!stream.write(batch)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'close')
}
