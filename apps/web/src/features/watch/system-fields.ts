/** The words that a system is written with. */
export type SystemFields = { id: string; name: string; preset: string }

export type FieldProblems = { id?: string; name?: string }

const MOST_NAME = 200
const MOST_ID = 64

/** What is wrong with the fields, each in words; nothing where they can be written. `taken` are the ids in use. */
export function problemsOf({ id, name }: SystemFields, taken: readonly string[]): FieldProblems {
  const idProblem = problemOfId(id, taken)
  const nameProblem = problemOfName(name)
  return {
    ...(idProblem === undefined ? {} : { id: idProblem }),
    ...(nameProblem === undefined ? {} : { name: nameProblem }),
  }
}

/** Another name; the id follows it until somebody writes one of their own. */
export function renamed<Fields extends SystemFields>(fields: Fields, name: string): Fields {
  return { ...fields, name, id: fields.id === slug(fields.name) ? slug(name) : fields.id }
}

/** `Café 12` becomes `cafe-12`. */
function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_ID)
    .replaceAll(/^-|-$/g, '')
}

function problemOfId(id: string, taken: readonly string[]): string | undefined {
  if (id === '') return 'Give it an id, such as my-app.'
  if (id.length > MOST_ID) return `An id has at most ${MOST_ID} characters; this one has ${id.length}.`
  if (!/^[a-z0-9-]+$/.test(id)) return 'Only small letters a to z, digits and dashes, such as my-app.'
  if (taken.includes(id)) return `There is a system with the id ${id} already: give another.`
  return undefined
}

function problemOfName(name: string): string | undefined {
  const length = name.trim().length
  if (length === 0) return 'Give it a name: the screens call it by that.'
  if (length > MOST_NAME) return `A name has at most ${MOST_NAME} characters; this one has ${length}.`
  return undefined
}
