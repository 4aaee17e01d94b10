import { layers, owners } from '../../layers.ts'

const code = (globs: readonly string[]): string => globs.map((glob) => `\`${glob}\``).join(', ')

/** The tables of ARCHITECTURE.md. */
export function renderTables(): string {
  return [
    '| layer | files | may import, beside itself | because |',
    '|---|---|---|---|',
    ...layers.map(({ name, files, may, why }) => {
      const allowed = may.map((each) => (layers.some((layer) => layer.name === each) ? each : `\`${each}\``))
      return `| ${name} | ${code(files)} | ${allowed.join(', ') || 'nothing'} | ${why} |`
    }),
    '',
    '| package | only in | because |',
    '|---|---|---|',
    ...owners.map((owner) => `| ${owner.package} | ${code(owner.only)} | ${owner.why} |`),
  ].join('\n')
}
