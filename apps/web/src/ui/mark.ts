/** The five shapes a state can have. Never colour alone: shape, word and colour go together. */
export type Mark = 'ok' | 'info' | 'warning' | 'critical' | 'unknown'
