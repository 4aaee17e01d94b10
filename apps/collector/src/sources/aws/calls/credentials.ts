import { awsVariable } from '../environment.ts'
import type { AwsOptions } from '../schema.ts'

/** As the SDK takes them. */
export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string; expiration?: Date }

/** A profile has its credentials from a program, which may not be run for somebody at a screen. */
export class RunsProgram extends Error {
  override readonly name = 'RunsProgram'
}

const MAX_CHAIN = 5
/** Without one the SDK writes advice to the console, beside our own lines. */
const nothing = (): void => undefined
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/**
 * Where credentials come from: those that stand in the options; else the SDK's usual chain (environment, profile, web
 * identity, container, instance). The chain keeps them until shortly before they expire.
 */
export function chainOf(options: AwsOptions, runNothing: boolean): () => Promise<Credentials> {
  const { accessKeyId, secretAccessKey, sessionToken, profile, region } = options
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    const own = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
    return () => Promise.resolve(own)
  }
  let chain: Promise<() => Promise<Credentials>> | undefined
  return async () => {
    if (runNothing) await refuseProgram(profile)
    return (await (chain ??= usualChain(profile, region)))()
  }
}

async function usualChain(profile: string | undefined, region = ''): Promise<() => Promise<Credentials>> {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node')
  return defaultProvider({ ...(profile === undefined ? {} : { profile }), clientConfig: { region }, logger: SILENT })
}

async function refuseProgram(given: string | undefined): Promise<void> {
  const named = given ?? awsVariable('AWS_PROFILE')
  if (named === undefined && awsVariable('AWS_ACCESS_KEY_ID') !== undefined) return
  const { loadSharedConfigFiles } = await import('@smithy/core/config')
  const { configFile, credentialsFile } = await loadSharedConfigFiles()
  let name = named ?? 'default'
  for (let depth = 0; depth < MAX_CHAIN; depth++) {
    const profile = { ...configFile[name], ...credentialsFile[name] }
    if (profile['credential_process'] !== undefined) throw new RunsProgram(`profile ${name}`)
    const next = profile['source_profile']
    if (next === undefined || next === name) return
    name = next
  }
}
