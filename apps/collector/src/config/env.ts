/** What the environment says about how the collector runs, and the door to the variables a configuration names. */
export type Env = {
  config: string | undefined
  host: string | undefined
  port: string | undefined
  data: string | undefined
  /** The value behind `${NAME}` in headroom.yaml. */
  lookup(name: string): string | undefined
}

/** The only reader of `process.env`. An empty HEADROOM_* variable counts as not set. */
export function readEnv(variables: Readonly<Record<string, string | undefined>> = process.env): Env {
  const own = (name: string): string | undefined => (variables[name] === '' ? undefined : variables[name])
  return {
    config: own('HEADROOM_CONFIG'),
    host: own('HEADROOM_HOST'),
    port: own('HEADROOM_PORT'),
    data: own('HEADROOM_DATA'),
    lookup: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
  }
}
