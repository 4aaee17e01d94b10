import { foundQueue, foundQueueToWrite, nothingSentYet, onlyLines, refusedPassword } from '../made/source-trials.ts'
import type { Act, Story } from './story.ts'
import { allStates, fine, nothing } from './worlds.ts'

const path = (kind: string): string => `/setup/add?system=captions&kind=${kind}`
const fill = (name: string, text: string): Act => ({ fill: `role=textbox[name=/^${name}/]`, with: text })
const press = (name: string): Act => ({ click: `role=button[name="${name}"]` })
const redis: Act[] = [fill('url', 'redis://127.0.0.1:6379/0'), press('Try it')]

/** `/setup/add`: a kind of source is chosen, filled in, tried, and its lines are taken. */
export const addSource: readonly Story[] = [
  {
    id: 'setup/add-kinds',
    title: 'a kind of source is chosen',
    path: '/setup/add',
    world: fine,
    shows: 'text=Redis and job queues',
    whole: true,
  },
  {
    id: 'setup/add-kinds-for',
    title: 'what each kind would feed of a system',
    path: '/setup/add?system=webui',
    world: allStates,
    shows: 'text=Redis and job queues',
  },
  {
    id: 'setup/add-loading',
    title: 'the kinds are not here yet',
    path: '/setup/add',
    world: { ...fine, refuses: (route) => (route === 'sourceKinds' ? 'never' : undefined) },
    shows: 'main [aria-busy="true"]',
  },
  {
    id: 'setup/add-fails',
    title: 'the kinds cannot be had',
    path: '/setup/add',
    world: {
      ...fine,
      refuses: (route) =>
        route === 'sourceKinds' ? { status: 500, code: 'internal', message: 'Something went wrong.' } : undefined,
    },
    act: [{ pass: 8_000 }],
    shows: 'text=The kinds of source could not be had',
    logs: /500/,
  },
  {
    id: 'setup/add-viewer',
    title: 'seen by a viewer',
    path: path('redis'),
    world: { ...fine, role: 'viewer' },
    shows: 'text=Only an admin may try a source',
  },
  {
    id: 'setup/add-unknown',
    title: 'a kind that this version does not have',
    path: path('carrier-pigeon'),
    world: fine,
    shows: 'role=alert >> text=carrier-pigeon',
  },
  { id: 'setup/add-form', title: 'a form', path: path('redis'), world: fine, shows: 'text=queues', whole: true },
  {
    id: 'setup/add-new-system',
    title: 'a source of a new system, all options shown',
    path: '/setup/add?kind=http-json',
    world: nothing,
    act: [{ click: 'summary >> text=More options' }, press('Add to headers')],
    shows: 'text=maxSeries',
    whole: true,
  },
  {
    id: 'setup/add-missing',
    title: 'something is missing',
    path: '/setup/add?kind=redis',
    world: fine,
    act: [press('Try it')],
    shows: '[aria-invalid="true"]',
    whole: true,
  },
  {
    id: 'setup/add-refused',
    title: 'an option is not right',
    path: path('redis'),
    world: {
      ...fine,
      refuses: (route) =>
        route === 'try'
          ? { status: 400, code: 'invalid_source', message: 'url: must begin with redis://', path: 'source.url' }
          : undefined,
    },
    act: redis,
    shows: 'text=must begin with redis://',
    logs: /400/,
  },
  {
    id: 'setup/add-trying',
    title: 'it is slow to answer',
    path: path('redis'),
    world: { ...fine, refuses: (route) => (route === 'try' ? 'never' : undefined) },
    act: [...redis, { pass: 9_000 }],
    shows: 'text=It is slow to answer',
  },
  {
    id: 'setup/add-found',
    title: 'values were found, the lines are to be added',
    path: path('redis'),
    world: { ...fine, sourceTrial: foundQueue },
    act: [fill('password', 's3cr3t'), ...redis],
    shows: 'text=Lines for headroom.yaml',
    whole: true,
  },
  {
    id: 'setup/add-to-write',
    title: 'values were found, and there is no file yet',
    path: '/setup/add?kind=redis',
    world: { ...nothing, sourceTrial: foundQueueToWrite },
    act: [fill('Name', 'Job queues'), ...redis],
    shows: 'role=button[name="Watch it"]',
    whole: true,
  },
  {
    id: 'setup/add-written',
    title: 'the file was written',
    path: '/setup/add?kind=redis',
    world: { ...nothing, sourceTrial: foundQueueToWrite },
    act: [fill('Name', 'Job queues'), ...redis, press('Watch it')],
    shows: 'text=is watched now',
  },
  {
    id: 'setup/add-nothing',
    title: 'it was refused over there',
    path: path('redis'),
    world: { ...fine, sourceTrial: refusedPassword },
    act: [fill('password', 's3cr3t'), ...redis],
    shows: 'text=Redis refused the password',
    whole: true,
  },
  {
    id: 'setup/add-pushed',
    title: 'a source that is sent to',
    path: path('otlp'),
    world: { ...fine, sourceTrial: nothingSentYet },
    act: [fill('token', 's3cr3t'), press('Try it')],
    shows: 'text=Nothing has come yet',
    whole: true,
  },
  {
    id: 'setup/add-lines-only',
    title: 'lines without a trial',
    path: path('render'),
    world: { ...fine, sourceTrial: onlyLines },
    act: [press('Show the lines without trying')],
    shows: 'text=Not tried',
    whole: true,
  },
  {
    id: 'setup/add-log',
    title: 'a source that reads files and runs programs',
    path: path('log'),
    world: fine,
    act: [fill('file', '/var/log/app.log')],
    shows: 'text=it cannot be given here',
    whole: true,
  },
]
