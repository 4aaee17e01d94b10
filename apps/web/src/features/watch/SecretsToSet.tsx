import type { JSX } from 'react'
import { CopyLines } from './CopyLines.tsx'

/** The variables that lines name, as the commands that set them. Their values are nobody's to copy. */
export function SecretsToSet({ names }: { names: readonly string[] }): JSX.Element | null {
  if (names.length === 0) return null
  return (
    <>
      <p>Set {names.length === 1 ? 'the secret' : 'the secrets'} where the collector is started:</p>
      <CopyLines lines={names.map((name) => `export ${name}='its value'`).join('\n')} label="the variables to set" />
    </>
  )
}
