import { isScalar, visit, type Document, type Node } from 'yaml'

export type Substitution = {
  /** Every value that came from the environment: all of them are treated as secrets. */
  values: string[]
  problems: { node: Node; message: string; hint?: string }[]
}

/**
 * Puts the environment into a parsed document: `${NAME}` in the text of a value, never in keys and never as structure,
 * so a variable can hold any character without changing what the file means. `$${` stands for a plain `${`.
 */
export function substitute(document: Document.Parsed, lookup: (name: string) => string | undefined): Substitution {
  const result: Substitution = { values: [], problems: [] }
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || !isScalar(node) || typeof node.value !== 'string') return
      node.value = replace(node.value, lookup, result, node)
    },
  })
  return result
}

function replace(text: string, lookup: (name: string) => string | undefined, result: Substitution, node: Node): string {
  return text.replaceAll(/\$\$\{|\$\{([^}]*)\}?/g, (whole, name: string | undefined) => {
    if (whole === '$${' || name === undefined) return '${'
    if (!whole.endsWith('}') || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      result.problems.push({
        node,
        message: `${JSON.stringify(whole)} is not the name of an environment variable`,
        hint: 'write ${NAME}, or $${ for a plain ${',
      })
      return ''
    }
    const value = lookup(name)
    if (value === undefined || value === '') {
      const how = value === undefined ? 'is not set' : 'is empty'
      result.problems.push({
        node,
        message: `environment variable ${name} ${how}`,
        hint: `set ${name} before starting Headroom`,
      })
      return ''
    }
    result.values.push(value)
    return value
  })
}
