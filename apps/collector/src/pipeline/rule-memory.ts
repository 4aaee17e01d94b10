/** The name under which the rule engine's memory is kept in the store. */
export const RULE_MEMORY = 'rule-memory'
