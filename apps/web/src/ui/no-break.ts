/** A figure and its unit stay on one line. */
export const NBSP = '\u00a0'
