/** How many of so many flags a source feeds. They are those of a preset, or those of a system that wait for a source. */
export function feedingWords(all: number, itself: number, held: number, preset: string | undefined): string {
  const which = preset === undefined ? 'that wait for a source' : `of ${preset}`
  const flags = (many: number): string =>
    all === 1 ? 'The one flag that waits for a source' : `${many} of the ${all} flags ${which}`
  if (itself > 0 && held > 0) return `${flags(itself)}, and ${held} more where what it answers holds the numbers.`
  if (itself > 0) return `${flags(itself)}.`
  if (held > 0) return `${all === 1 ? flags(1) : `Up to ${flags(held)}`}, where what it answers holds the numbers.`
  const none = all === 1 ? 'Not the one flag that waits for a source' : `None of the ${all} flags ${which}`
  return `${none}: what it gives is shown on charts all the same.`
}
