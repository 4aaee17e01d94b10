/** The end of a buffer without the line that it begins in the middle of; `whole` where it begins at the beginning. */
export function wholeLines(bytes: Buffer, whole: boolean): Buffer {
  return whole ? bytes : bytes.subarray(bytes.indexOf(10) + 1)
}
