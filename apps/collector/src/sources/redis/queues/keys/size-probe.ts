import type { Probe } from '../../probes/probe.ts'
import { asNumber, asText, type Command, type Reply } from '../../wire/resp.ts'

/** Which command says how much lies in a key of each type. */
const SIZES: Readonly<Record<string, string | undefined>> = {
  list: 'LLEN',
  zset: 'ZCARD',
  set: 'SCARD',
  stream: 'XLEN',
  hash: 'HLEN',
}

/** How many entries a key has, whatever its type. A key that is not there has none: Redis keeps no empty lists. */
export class SizeProbe implements Probe {
  readonly kind = 'size'
  readonly #key: string
  value: number | undefined
  /** It holds no entries that could be counted: what it is instead. */
  uncountable: string | undefined

  constructor(key: string) {
    this.#key = key
  }

  cost(): number {
    return 2
  }

  first(): Command[] {
    return [['TYPE', this.#key]]
  }

  second([reply]: readonly Reply[]): Command[] {
    const type = asText(reply)
    const command = SIZES[type ?? '']
    this.uncountable = command === undefined && type !== 'none' ? type : undefined
    this.value = type === 'none' ? 0 : undefined
    return command === undefined ? [] : [[command, this.#key]]
  }

  done([reply]: readonly Reply[]): void {
    this.value = asNumber(reply) ?? this.value
  }
}
