/** Up to so many series are named at their ends; more are named under the picture. */
export const MOST_LABELS = 4
