const SECRET_KEY =
  /token|secret|passw|api[-_]?key|apikey|bearer|authorization|cookie|credential|signature|routing[-_]?key|private[-_]?key/i

/** Whether a key's value is a secret wherever it stands: `bearer`, `apiKey`, `admin_token`, `X-Api-Key`, ... */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key) || /^(key|sig|auth|pwd)$/i.test(key)
}
