import type { Moment, Table } from '../stage/types.ts'
import { aws } from '../wires/aws.ts'
import { document, slowDocument } from '../wires/http.ts'

/** What the IDE says of itself at /system-stats. */
const calm = {
  users: { active_count: 6, max_allowed: 10 },
  threads: { total_active: 9, memory_usage_mb: 1_900 },
  system: { cpu_percent: 60, memory_percent: 65 },
  processes: { active: 8, max_allowed: 20 },
  recommendations: [],
}
const says = (wrong: object): ReturnType<typeof document> => document({ calm, wrong: { ...calm, ...wrong } })
const system = (cpu_percent: number, memory_percent: number): object => ({ system: { cpu_percent, memory_percent } })
const users = (active_count: number): object => ({ users: { active_count, max_allowed: 10 } })
const advises = (severity: string): object => ({
  recommendations: [{ severity, message: 'CPU is the bottleneck: ask for fewer scripts at once.' }],
})

/** /health with an uptime: so old when it restarts, and again so many seconds after that. */
const restarting = (age: number, again = Infinity): ReturnType<typeof document> => {
  const health = ({ since }: Moment): object => {
    const uptime = since < 0 ? age + since : since < again ? since : since - again
    return { status: 'healthy', uptime_hours: uptime / 3_600 }
  }
  return document({ calm: health, wrong: health })
}

const LOAD = '> 80 % / > 85 %'
const PEOPLE = '>= 9 / > 10'
const ADVICE = '`recommendations` of severity warning / critical'

/** READY TO DEPLOY - 8-10 User Support Implementation. */
export const ideOnEcs: Table = {
  preset: 'ide-on-ecs',
  scenes: [
    {
      title: 'that the IDE tells',
      calm: 60,
      wrong: 180,
      wellAgain: 400,
      stepMs: 500,
      rows: [
        {
          says: 'restarted at an uptime of 25-35 min',
          when: 'after half an hour',
          flags: ['30-minute-crash-high', 'restarted'],
          from: restarting(1_800),
        },
        {
          says: 'restarted at an uptime of 25-35 min',
          when: 'after a whole day',
          flags: ['restarted'],
          from: restarting(86_400),
        },
        {
          says: 'twice in 45 min',
          when: 'again after two minutes',
          flags: ['30-minute-crash-high', '30-minute-crash-critical', 'restarted'],
          from: restarting(1_800, 120),
        },
        { says: PEOPLE, when: '9', flags: ['people-high'], from: says(users(9)) },
        { says: PEOPLE, when: '11', flags: ['people-high', 'people-critical'], from: says(users(11)) },
        { says: LOAD, when: 'CPU of 83 %', flags: ['cpu-high'], from: says(system(83, 65)) },
        { says: LOAD, when: 'CPU of 97 %', flags: ['cpu-high', 'cpu-critical'], from: says(system(97, 65)) },
        { says: LOAD, when: 'memory of 83 %', flags: ['memory-high'], from: says(system(60, 83)) },
        { says: LOAD, when: 'memory of 97 %', flags: ['memory-high', 'memory-critical'], from: says(system(60, 97)) },
        {
          says: '> 2 threads a person',
          when: '15 of 6 people',
          flags: ['threads-a-person'],
          from: says({ threads: { total_active: 15, memory_usage_mb: 1_900 } }),
        },
        {
          says: '>= 16 / >= 20',
          when: '16 processes',
          flags: ['user-processes-high'],
          from: says({ processes: { active: 16, max_allowed: 20 } }),
        },
        {
          says: '>= 16 / >= 20',
          when: '20 processes',
          flags: ['user-processes-high', 'user-processes-full'],
          from: says({ processes: { active: 20, max_allowed: 20 } }),
        },
        { says: ADVICE, when: 'a warning', flags: ['its-own-advice-high'], from: says(advises('warning')) },
        { says: ADVICE, when: 'a critical one', flags: ['its-own-advice-critical'], from: says(advises('critical')) },
      ],
    },
    {
      title: 'of how long it takes to answer',
      calm: 30,
      wrong: 120,
      wellAgain: 120,
      // What is kept back on the clock comes up to three steps later.
      stepMs: 25,
      rows: [
        {
          says: '> 800 ms / > 1 s',
          when: 'an answer after 850 ms',
          flags: ['response-time-high'],
          from: slowDocument({ status: 'healthy' }, { calm: 100, wrong: 850 }),
        },
        {
          says: '> 800 ms / > 1 s',
          when: 'an answer after 1.5 s',
          flags: ['response-time-high', 'response-time-critical'],
          from: slowDocument({ status: 'healthy' }, { calm: 100, wrong: 1_500 }),
        },
      ],
    },
    {
      title: 'that CloudWatch tells of the service, minutes late',
      calm: 300,
      wrong: 600,
      wellAgain: 900,
      stepMs: 500,
      rows: [
        {
          says: LOAD,
          when: 'CPU of 97 %',
          flags: ['cpu-high', 'cpu-critical'],
          from: aws('ecs', { calm: {}, wrong: { cpu: 97 } }),
        },
        {
          says: LOAD,
          when: 'memory of 83 %',
          flags: ['memory-high'],
          from: aws('ecs', { calm: {}, wrong: { memory: 83 } }),
        },
      ],
    },
  ],
}
