type Output = { on(event: 'error', listener: () => void): unknown }

/** Whoever read our words may go away (`| head`), or their disk be full: the watching goes on, unheard. */
export function outliveOutput(...outputs: readonly Output[]): void {
  for (const output of outputs) output.on('error', () => undefined)
}
