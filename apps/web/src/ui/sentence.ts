/** A message as a sentence: `no answer within 4 s` becomes `No answer within 4 s.` */
export function sentence(text: string): string {
  const whole = text.trim()
  if (whole === '') return ''
  const first = whole.charAt(0).toUpperCase() + whole.slice(1)
  return /[.!?…]$/.test(first) ? first : `${first}.`
}
