import type { Act, Story } from './stories/story.ts'

const STYLE = `
  :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif }
  body { margin: 24px auto; max-width: 72rem; padding: 0 16px }
  h1 { font-size: 20px } h2 { font-size: 16px; margin: 24px 0 4px }
  ul { list-style: none; margin: 0; padding: 0; columns: 26rem }
  li { break-inside: avoid; padding: 2px 0 }
  small { opacity: .7 }
`

/** The list of all stories; each link opens one in a world of its own. */
export function storiesPage(stories: readonly Story[]): string {
  const screens = Map.groupBy(stories, (story) => story.id.split('/')[0] ?? '')
  const sections = [...screens].map(
    ([screen, told]) => `<h2>${escape(screen)}</h2><ul>${told.map((story) => itemOf(story)).join('')}</ul>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Stories</title><style>${STYLE}</style>
<h1>${stories.length} stories: every state of every screen</h1>
<p>Each opens in a world of its own, so that any number can be open side by side.</p>${sections.join('\n')}</html>`
}

function itemOf({ id, title, act = [] }: Story): string {
  const then = act.flatMap(wordsOf)
  const words = then.length === 0 ? '' : ` <small>then ${escape(then.join(', '))}</small>`
  return `<li><a href="/stories/${id}" target="_blank">${escape(id)}</a> ${escape(title)}${words}</li>`
}

function wordsOf(act: Act): string[] {
  if ('press' in act) return [`press ${act.press}`]
  if ('click' in act) return [`click ${act.click}`]
  if ('fill' in act) return [`write ${JSON.stringify(act.with)} into ${act.fill}`]
  if ('hover' in act) return [`point at ${act.hover}`]
  if ('scrollTo' in act) return [`scroll to ${act.scrollTo}`]
  if ('hangUp' in act) return ['the collector goes away (by itself, after three seconds)']
  if ('endAccess' in act) return ['the token expires (by itself, after three seconds)']
  if ('pass' in act) return [`${act.pass / 1000} s pass`]
  return []
}

function escape(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
