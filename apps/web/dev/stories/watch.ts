import { found, foundBesideFile, foundMuch, foundNothing, foundWithSecret } from '../made/trials.ts'
import type { Act, Story } from './story.ts'
import { fine, nothing } from './worlds.ts'

const ADDRESS = 'role=textbox[name="Address"]'
const look = (address: string): Act[] => [{ fill: ADDRESS, with: address }, { click: 'role=button[name="Look at it"]' }]
const app = look('https://my-app.example.com')

/** `/watch`: an address is tried, and what was found is written down. Where nothing is watched, the overview is this. */
export const watch: readonly Story[] = [
  {
    id: 'watch/asking',
    title: 'an address is asked for',
    path: '/watch',
    world: fine,
    shows: 'h1 >> text=Watch something',
  },
  {
    id: 'watch/by-hand',
    title: 'the lines to write by hand',
    path: '/watch',
    world: fine,
    act: [{ click: 'summary >> text=yourself' }],
    shows: 'pre',
  },
  {
    id: 'watch/typed',
    title: 'an address with a secret is typed',
    path: '/watch',
    world: fine,
    act: [{ fill: ADDRESS, with: 'https://my-app.example.com/health?token=s3cr3t' }],
    shows: 'text=will not be written',
  },
  {
    id: 'watch/wrong',
    title: 'what was typed is no address',
    path: '/watch',
    world: fine,
    act: look('htp:/my app'),
    shows: '[aria-invalid="true"]',
  },
  {
    id: 'watch/trying',
    title: 'it is slow to answer',
    path: '/watch',
    world: { ...fine, refuses: (route) => (route === 'try' ? 'never' : undefined) },
    act: [...app, { pass: 9_000 }],
    shows: 'text=It is slow to answer',
  },
  {
    id: 'watch/found',
    title: 'something was found',
    path: '/',
    world: { ...nothing, trial: found },
    act: app,
    shows: 'text=/Found \\d+ values/',
    whole: true,
  },
  {
    id: 'watch/found-much',
    title: 'more was found than anybody wants to read',
    path: '/watch',
    world: { ...fine, trial: foundMuch },
    act: app,
    shows: 'text=/Found \\d+ values/',
  },
  {
    id: 'watch/nothing',
    title: 'nothing was found',
    path: '/watch',
    world: { ...fine, trial: foundNothing },
    act: app,
    shows: 'text=Nothing to watch at these addresses',
  },
  {
    id: 'watch/written',
    title: 'the file was written',
    path: '/watch',
    world: { ...nothing, trial: found },
    act: [...app, { click: 'role=button[name="Watch it"]' }],
    shows: 'text=is watched now',
  },
  {
    id: 'watch/lines',
    title: 'lines to add to the file',
    path: '/watch',
    world: { ...fine, trial: foundBesideFile },
    act: [...app, { click: 'role=button[name="Show the lines to add"]' }],
    shows: 'text=Lines to add',
  },
  {
    id: 'watch/secret',
    title: 'lines with a secret to set',
    path: '/watch',
    world: { ...fine, trial: foundWithSecret },
    act: [
      ...look('https://my-app.example.com/health?token=s3cr3t'),
      { click: 'role=button[name="Show the lines to add"]' },
    ],
    shows: 'text=Lines to add',
  },
  {
    id: 'watch/refused',
    title: 'too many are trying',
    path: '/watch',
    world: {
      ...fine,
      refuses: (route) =>
        route === 'try'
          ? { status: 429, code: 'too_many_trials', message: '2 trials run already: try again in a few seconds.' }
          : undefined,
    },
    act: app,
    shows: 'role=alert >> text=2 trials run already',
    logs: /429/,
  },
  {
    id: 'watch/viewer',
    title: 'seen by a viewer',
    path: '/watch',
    world: { ...fine, role: 'viewer' },
    shows: 'text=Only an admin may try',
  },
]
