/** What options mean that several kinds of sources share, for kinds whose own schema does not say it. */
export const OPTION_HELP: Readonly<Record<string, string>> = {
  url: 'The address that is asked.',
  map: 'Corrects or adds to what was recognised: path.to.value: a metric, or { metric, unit, kind, label }.',
  ignore: 'Paths that are left out.',
  expect: 'The statuses that count as an answer, such as { status: [200, 204] }.',
  headers: 'Headers to send. Secrets belong in ${NAME}.',
  bearer: 'A token, sent as Authorization: Bearer.',
  query: 'Parameters added to the address, and never shown: for tokens that go there.',
  insecure: 'true accepts a certificate that cannot be checked. Never silent.',
  disks: 'Which disks are watched.',
  networks: 'Which networks are watched.',
  processes: 'How many of the largest processes are shown.',
}

/** Options that every kind takes that speaks HTTP or maps names: needed only where something is out of the ordinary. */
export const REQUEST_OPTION_NAMES = ['headers', 'query', 'insecure', 'map', 'ignore', 'expect'] as const
