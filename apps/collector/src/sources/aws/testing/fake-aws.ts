import type { IncomingMessage, ServerResponse } from 'node:http'
import { serve, type Served } from '../../testing/serve.ts'
import { AwsWorld } from './aws-world.ts'
import { getMetricData, listMetrics } from './cloudwatch-answers.ts'
import { describeClusters, describeServices, describeTasks, listTasks } from './ecs-answers.ts'
import { describeGroups } from './group-answers.ts'
import { Refusal } from './refusal.ts'
import { readSignature, type Signed } from './signature.ts'

/** A call as it came. */
export type Call = { operation: string; signed: Signed; body: unknown }

export type FakeAwsOptions = {
  region?: string
  accessKeyId?: string
  secretAccessKey?: string
  /** The token that goes with the key, where it is temporary. */
  sessionToken?: string
}

type Json = (world: AwsWorld, body: unknown) => unknown
type Operation = { service: string } & (
  | { json: '1.0' | '1.1'; answer: Json }
  | { json?: undefined; answer: typeof describeGroups }
)

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GraniteServiceVersion20100801.GetMetricData': { service: 'monitoring', json: '1.0', answer: getMetricData },
  'GraniteServiceVersion20100801.ListMetrics': { service: 'monitoring', json: '1.0', answer: listMetrics },
  'AmazonEC2ContainerServiceV20141113.DescribeClusters': { service: 'ecs', json: '1.1', answer: describeClusters },
  'AmazonEC2ContainerServiceV20141113.DescribeServices': { service: 'ecs', json: '1.1', answer: describeServices },
  'AmazonEC2ContainerServiceV20141113.ListTasks': { service: 'ecs', json: '1.1', answer: listTasks },
  'AmazonEC2ContainerServiceV20141113.DescribeTasks': { service: 'ecs', json: '1.1', answer: describeTasks },
  DescribeAutoScalingGroups: { service: 'autoscaling', answer: describeGroups },
}

const MAX_SKEW_MS = 5 * 60_000

/**
 * AWS as the SDK meets it: real HTTP, the protocols that each service is spoken to in (JSON 1.0 and 1.1, and a form that
 * is answered in XML), Signature Version 4 checked to the last byte, one region, one account. Other clients may choose other
 * protocols: an `aws` that speaks CBOR or the query form of CloudWatch is not answered.
 */
export class FakeAws implements AsyncDisposable {
  readonly world = new AwsWorld()
  readonly calls: Call[] = []
  /** How far its clock is before that of this machine, in ms. */
  clockAheadMs = 0
  readonly #options: Required<Pick<FakeAwsOptions, 'region' | 'accessKeyId' | 'secretAccessKey'>> & FakeAwsOptions
  readonly #refusals: { operation: string; refusal: Refusal | 'silence' | undefined; times: number }[] = []
  #served: Served | undefined

  private constructor(options: FakeAwsOptions) {
    this.#options = { region: 'eu-west-1', accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake-secret-key', ...options }
  }

  static async start(options: FakeAwsOptions = {}): Promise<FakeAws> {
    const fake = new FakeAws(options)
    fake.#served = await serve((request, response) => void fake.#take(request, response))
    return fake
  }

  get url(): string {
    return this.#served?.url ?? ''
  }

  /** What a source is given to reach it. */
  get options(): {
    region: string
    endpoint: string
    accessKeyId: string
    secretAccessKey: string
    sessionToken?: string
  } {
    const { region, accessKeyId, secretAccessKey, sessionToken } = this.#options
    return {
      region,
      endpoint: this.url,
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    }
  }

  /** The next calls of an operation are refused so, or not answered at all. */
  refuse(operation: string, refusal: Refusal | 'silence', times = Infinity): void {
    this.#refusals.push({ operation, refusal, times })
  }

  /** Of the next calls of an operation the first are answered, and that of this number is refused. */
  refuseFrom(operation: string, number: number, refusal: Refusal): void {
    this.#refusals.push({ operation, refusal: undefined, times: number - 1 }, { operation, refusal, times: Infinity })
  }

  /** All is answered again. */
  relent(): void {
    this.#refusals.length = 0
  }

  /** How often an operation was called. */
  count(operation: string): number {
    return this.calls.filter((call) => call.operation === operation).length
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#served?.[Symbol.asyncDispose]()
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request)
    const form = new URLSearchParams(text)
    const target = String(request.headers['x-amz-target'] ?? form.get('Action'))
    const known = OPERATIONS[target]
    const name = target.split('.').at(-1) ?? ''
    response.setHeader('date', new Date(Date.now() + this.clockAheadMs).toUTCString())
    try {
      if (known === undefined) throw new Refusal('UnknownOperationException', `no operation ${target}`)
      const signed = this.#admit(request, text, known.service)
      this.calls.push({ operation: name, signed, body: known.json === undefined ? form : JSON.parse(text) })
      const refusal = this.#refusalOf(name)
      if (refusal === 'silence') return
      if (refusal !== undefined) throw refusal
      if (known.json === undefined) send(response, 200, 'text/xml', known.answer(this.world, form))
      else sendJson(response, 200, known.json, known.answer(this.world, JSON.parse(text)))
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('InternalFailure', String(error), 500)
      if (known?.json === undefined) send(response, refusal.status, 'text/xml', xmlError(refusal))
      else sendJson(response, refusal.status, known.json, jsonError(refusal))
    }
  }

  /** As AWS judges a signature: is there one, is the key known, is it of our time, of this region and service, and right. */
  #admit(request: IncomingMessage, text: string, service: string): Signed {
    const { accessKeyId, secretAccessKey, sessionToken, region } = this.#options
    const signed = readSignature(request, text)
    if (signed === undefined) throw new Refusal('MissingAuthenticationTokenException', 'Missing Authentication Token')
    if (signed.accessKeyId !== accessKeyId)
      throw new Refusal('UnrecognizedClientException', 'The security token included in the request is invalid.')
    const now = Date.now() + this.clockAheadMs
    if (Math.abs(signed.at - now) > MAX_SKEW_MS)
      throw new Refusal(
        'InvalidSignatureException',
        signed.at < now
          ? 'Signature expired: it is now earlier than the time'
          : 'Signature not yet current: it is still later',
      )
    if (signed.region !== region)
      throw new Refusal('InvalidSignatureException', 'Credential should be scoped to a valid region.')
    if (signed.service !== service)
      throw new Refusal('InvalidSignatureException', `Credential should be scoped to correct service: '${service}'.`)
    if (!signed.isBy(secretAccessKey))
      throw new Refusal(
        'InvalidSignatureException',
        'The request signature we calculated does not match the signature you provided.',
      )
    if (signed.token !== sessionToken)
      throw new Refusal('ExpiredTokenException', 'The security token included in the request is expired')
    return signed
  }

  #refusalOf(operation: string): Refusal | 'silence' | undefined {
    const found = this.#refusals.find((one) => one.operation === operation && one.times > 0)
    if (found !== undefined) found.times--
    return found?.refusal
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function sendJson(response: ServerResponse, status: number, version: string, body: unknown): void {
  send(response, status, `application/x-amz-json-${version}`, JSON.stringify(body))
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': '11111111-2222-3333-4444-555555555555' })
  response.end(body)
}

function jsonError({ code, message }: Refusal): unknown {
  return { __type: `com.amazonaws.fake#${code}`, message }
}

function xmlError({ code, message }: Refusal): string {
  const safe = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<ErrorResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${safe}</Message></Error><RequestId>1</RequestId></ErrorResponse>`
}
