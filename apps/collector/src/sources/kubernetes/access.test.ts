import { readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { until } from '../testing/until.ts'
import { valuesOf } from '../testing/values.ts'
import { kubernetes } from './kubernetes.ts'
import { deployment, type Json } from './testing/objects.ts'
import { Watched, type WatchedOptions } from './testing/watched.ts'

async function open(options: WatchedOptions = {}): Promise<Watched> {
  const watched = await Watched.open(options)
  watched.cluster.put('apps/deployments', [deployment({ name: 'webui', replicas: 3 })])
  watched.cluster.put('/pods', [])
  watched.cluster.put('metrics.k8s.io/pods', [])
  return watched
}

const worked = (reading: Reading): void => {
  expect(reading.error).toBeUndefined()
  expect(valuesOf(reading)['replicas.ready{service="webui"}']).toBe(3)
}
const BASE64 = (text: string): string => Buffer.from(text).toString('base64')

describe('in a pod', () => {
  it('the service account is enough: its address, authority, namespace and token', async () => {
    await using watched = await open({ inPod: true })
    worked(await watched.ask())
    expect(watched.cluster.requests[0]?.path).toContain('/namespaces/shop/')
  })

  it('the token is read anew each time, for it is replaced', async () => {
    await using watched = await open({ inPod: true })
    worked(await watched.ask())
    watched.cluster.tokens = new Set(['replaced-token'])
    expect((await watched.next()).error?.code).toBe('unauthorized')
    await writeFile(join(watched.folder, 'account', 'token'), 'replaced-token')
    worked(await watched.next())
  })

  it('a certificate of another authority is refused, unless that is wanted', async () => {
    await using other = await Watched.open()
    await using watched = await open({ inPod: true })
    await writeFile(join(watched.folder, 'account', 'ca.crt'), other.cluster.client.cert)
    const reading = await watched.ask()
    expect([reading.up, reading.error?.code]).toEqual([null, 'tls'])
    expect(watched.cluster.requests).toEqual([])
    await using insecure = await open({ inPod: true, own: { insecure: true } })
    await writeFile(join(insecure.folder, 'account', 'ca.crt'), other.cluster.client.cert)
    worked(await insecure.ask())
  })
})

describe('a kubeconfig', () => {
  it('signs in with a token, or one in a file, which is read anew', async () => {
    await using watched = await open({ config: { user: { tokenFile: 'token' } } })
    await writeFile(join(watched.folder, 'token'), 'secret-token\n')
    worked(await watched.ask())
    watched.cluster.tokens = new Set(['another'])
    await writeFile(join(watched.folder, 'token'), 'another')
    worked(await watched.next())
  })

  it('signs in with a client certificate', async () => {
    await using watched = await open()
    const { cert, key } = watched.cluster.client
    const user = { 'client-certificate-data': BASE64(cert), 'client-key-data': BASE64(key) }
    await writeFile(join(watched.folder, 'kubeconfig'), watched.cluster.kubeconfig({ user }))
    worked(await watched.ask())
    expect(watched.cluster.requests[0]?.authorization).toBeUndefined()
  })

  it('acts as another user, with each of its groups', async () => {
    const user = {
      token: 'secret-token',
      as: 'jane',
      'as-uid': '42',
      'as-groups': ['ops', 'dev'],
      'as-user-extra': { 'example.com/Team': ['red'] },
    }
    await using watched = await open({ config: { user } })
    worked(await watched.ask())
    expect(watched.cluster.headers).toMatchObject({
      'impersonate-user': ['jane'],
      'impersonate-uid': ['42'],
      'impersonate-group': ['ops', 'dev'],
      'impersonate-extra-example.com%2fteam': ['red'],
    })
  })

  it('with null for what is not said, or no user at all, is as good as one that leaves it out', async () => {
    const nulls = { token: 'secret-token', exec: null, as: null, 'auth-provider': null, 'client-key': null }
    const cluster = { 'proxy-url': '', 'tls-server-name': null, 'insecure-skip-tls-verify': null }
    await using watched = await open({ config: { user: nulls, cluster } })
    worked(await watched.ask())
    const nobody = JSON.parse(watched.cluster.kubeconfig()) as { users: Json[] }
    nobody.users = [{ name: 'test', user: null }]
    await writeFile(join(watched.folder, 'kubeconfig'), JSON.stringify(nobody))
    expect((await watched.next()).error?.code).toBe('unauthorized')
  })

  it('whose certificates are none is a named reason', async () => {
    await using watched = await open()
    const { cert } = watched.cluster.client
    const user = { 'client-certificate-data': BASE64(cert), 'client-key-data': BASE64('hunter2') }
    await writeFile(join(watched.folder, 'kubeconfig'), watched.cluster.kubeconfig({ user }))
    const reading = await watched.ask()
    expect([reading.up, reading.error?.code]).toEqual([null, 'bad_certificate'])
    expect(JSON.stringify(reading)).not.toContain('hunter2')
  })

  it('may be YAML, name its files by path, and have another context', async () => {
    await using watched = await open({ own: { context: 'staging', namespace: 'shop' } })
    await writeFile(join(watched.folder, 'ca.pem'), watched.cluster.ca)
    const yaml = [
      'apiVersion: v1',
      'kind: Config',
      'current-context: nowhere',
      'clusters:',
      `- { name: c, cluster: { server: "https://localhost:${watched.cluster.port}", certificate-authority: ca.pem } }`,
      'contexts:',
      '- { name: staging, context: { cluster: c, user: u } }',
      'users:',
      '- { name: u, user: { token: secret-token } }',
    ]
    await writeFile(join(watched.folder, 'kubeconfig'), yaml.join('\n'))
    worked(await watched.ask())
  })

  it('that has changed is read anew', async () => {
    await using watched = await open({ config: { user: { token: 'old' } } })
    expect((await watched.ask()).error).toEqual({
      code: 'unauthorized',
      message:
        'the API server does not accept the credentials (HTTP 401), or they have expired; sign in again (such as `oc login`), or write the kubeconfig anew',
    })
    await writeFile(join(watched.folder, 'kubeconfig'), watched.cluster.kubeconfig())
    await utimes(join(watched.folder, 'kubeconfig'), 1, 1)
    worked(await watched.next())
  })

  const spoilt: [string, string | Json, string, string][] = [
    ['is none', 'root:x:0:0:hunter2', 'bad_kubeconfig', 'is not a kubeconfig'],
    ['is not YAML', '{{{ hunter2', 'bad_kubeconfig', 'is not a kubeconfig'],
    [
      'goes through a proxy',
      { cluster: { 'proxy-url': 'http://user:hunter2@proxy:3128' } },
      'unsupported',
      'proxy-url',
    ],
    ['signs in with an auth-provider', { user: { 'auth-provider': { name: 'gcp' } } }, 'unsupported', 'auth-provider'],
    ['names a file that is not there', { user: { tokenFile: 'gone' } }, 'bad_kubeconfig', 'there is no such file'],
    ['has no address', { cluster: { server: 'api' } }, 'bad_kubeconfig', 'is not an address'],
  ]
  it.each(spoilt)('that %s is a named reason that tells nothing of it', async (_, given, code, words) => {
    await using watched = await open()
    const text = typeof given === 'string' ? given : watched.cluster.kubeconfig(given)
    await writeFile(join(watched.folder, 'kubeconfig'), text)
    const reading = await watched.ask()
    expect([reading.up, reading.error?.code]).toEqual([null, code])
    expect(reading.error?.message).toContain(words)
    expect(JSON.stringify(reading)).not.toContain('hunter2')
  })

  it('without the context that is asked for names the one that was meant', async () => {
    await using watched = await open({ own: { context: 'tets' } })
    expect((await watched.ask()).error?.message).toBe(
      'the kubeconfig has no context "tets"; did you mean "test"?; it has test',
    )
  })

  it('that is not there is a named reason', async () => {
    await using watched = await open({ own: { kubeconfig: '~/gone' } })
    expect((await watched.ask()).error?.message).toContain('gone: there is no such file')
  })

  it('is looked for where kubectl does, and none at all is a named reason', async () => {
    await using watched = await open({ own: { kubeconfig: undefined } })
    expect((await watched.ask()).error?.code).toBe('no_cluster')
  })
})

describe('a kubeconfig that signs in by a program', () => {
  /** A program that gives the credentials lying beside it, and counts how often it is run. */
  const PROGRAM = `
    const fs = require('node:fs')
    fs.appendFileSync('runs', JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.interactive + ' ' + process.env.PROFILE + '\\n')
    process.stdout.write(fs.readFileSync('credentials'))`
  const exec = (own: Json = {}): Json => ({
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: ['-e', PROGRAM],
    env: [{ name: 'PROFILE', value: 'shop' }],
    interactiveMode: 'Never',
    ...own,
  })
  const credentials = (status: Json): string =>
    JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status })
  const runs = async ({ folder }: Watched): Promise<string[]> =>
    readFile(join(folder, 'runs'), 'utf8').then((text) => text.trim().split('\n'))

  it('runs it, keeps what it gave until shortly before it expires, and asks nobody', async () => {
    await using watched = await open({ config: { user: { exec: exec() } } })
    const expiresAt = new Date(watched.clock.now() + 600_000).toISOString()
    await writeFile(
      join(watched.folder, 'credentials'),
      credentials({ token: 'secret-token', expirationTimestamp: expiresAt }),
    )
    worked(await watched.ask())
    worked(await watched.next())
    expect(await runs(watched)).toEqual(['false shop'])
    await watched.next(560_000)
    expect(await runs(watched)).toHaveLength(2)
  })

  it('runs it again when what it gave is not accepted any more', async () => {
    await using watched = await open({ config: { user: { exec: exec() } } })
    await writeFile(join(watched.folder, 'credentials'), credentials({ token: 'secret-token' }))
    worked(await watched.ask())
    watched.cluster.tokens = new Set(['renewed'])
    await writeFile(join(watched.folder, 'credentials'), credentials({ token: 'renewed' }))
    worked(await watched.next())
    expect(await runs(watched)).toHaveLength(2)
  })

  const failing: [string, Json, string, string][] = [
    ['that is not there', { command: 'no-such-program' }, 'sign_in_missing', 'no-such-program'],
    ['that fails', { args: ['-e', 'console.error("hunter2"); process.exit(3)'] }, 'sign_in_failed', 'exit code 3'],
    ['that says something else', { args: ['-e', 'console.log("hunter2")'] }, 'sign_in_failed', 'gave no credentials'],
    ['that wants to ask', { interactiveMode: 'Always' }, 'sign_in_asks', 'wants to ask'],
    ['of a version long gone', { apiVersion: 'client.authentication.k8s.io/v1alpha1' }, 'sign_in_version', 'v1alpha1'],
  ]
  it.each(failing)('%s is a named reason, without a word of what it wrote', async (_, own, code, words) => {
    await using watched = await open({ config: { user: { exec: exec(own) } } })
    const reading = await watched.ask()
    expect([reading.up, reading.error?.code]).toEqual([null, code])
    expect(reading.error?.message).toContain(words)
    expect(JSON.stringify(reading)).not.toContain('hunter2')
  })

  it('that does not end is ended at the deadline', async () => {
    const args = ['-e', 'require("node:fs").writeFileSync("runs", "x"); setInterval(() => {}, 1000)']
    await using watched = await open({ config: { user: { exec: exec({ args }) } } })
    const deadline = new AbortController()
    const asked = watched.ask(deadline.signal)
    await until(
      () => runs(watched).catch(() => []),
      (begun) => begun.length === 1,
    )
    deadline.abort()
    expect((await asked).error?.code).toBe('sign_in_late')
  })

  it('is not run from the screen, which runs no command', async () => {
    await using watched = await open({ config: { user: { exec: exec() } }, context: { refuseAddress: () => null } })
    const reading = await watched.ask()
    expect(reading.error?.code).toBe('runs_a_command')
    await expect(runs(watched)).rejects.toThrow('ENOENT')
  })
})

it('from the screen no forbidden address is asked', async () => {
  const refuseAddress = (address: string): string => `${address} is not asked from the screen`
  await using watched = await open({ context: { refuseAddress } })
  const reading = await watched.ask()
  expect(reading.error?.code).toBe('forbidden')
  expect(watched.cluster.requests).toEqual([])
})

describe('options', () => {
  const problems = (options: unknown): string[] =>
    kubernetes.schema.safeParse(options).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []

  it('are names as Kubernetes has them: nothing gets into a path that is no name', () => {
    const what = 'must be a name as Kubernetes has them: lower case letters, digits, dashes and dots'
    expect(problems({ namespace: 'shop/../../secrets' })).toEqual([`namespace ${what}`])
    expect(problems({ deployments: ['Web'] })).toEqual([`deployments.0 ${what}`])
    expect(problems({ namespace: 'shop-2', deployments: ['web.ui'] })).toEqual([])
  })

  it('are described without a secret', () => {
    const options = kubernetes.schema.parse({ namespace: 'shop', context: 'prod', deployments: ['webui'] })
    expect(kubernetes.describe(options)).toBe('namespace shop, context prod, webui')
  })
})
