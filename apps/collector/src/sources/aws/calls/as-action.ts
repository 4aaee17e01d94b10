const actions = new WeakMap<object, string>()

/** Remembers of a failure which action of AWS it was for, as a policy names it: AWS itself does not always say. */
export async function asAction<Answer>(action: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error) actions.set(error, action)
    throw error
  }
}

/** Such as `ecs:ListTasks`; undefined for what failed before anything was asked. */
export function actionOf(error: unknown): string | undefined {
  return error instanceof Error ? actions.get(error) : undefined
}
