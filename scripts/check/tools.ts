import { existsSync, globSync } from 'node:fs'
import { installPackage } from './install-package.ts'

/** A program that a suite runs against, which npm does not bring. */
export interface Tool {
  readonly program: string
  /** Where a suite finds it; whoever sets it decides. */
  readonly env: `HEADROOM_${string}`
  /** Where it usually lies. */
  readonly paths: readonly string[]
  readonly debianPackage: string
  /** Other tools that its suites need as well. */
  readonly beside?: readonly string[]
}

/** A suite says what it needs by its file's name: `first-light.browser.test.ts` needs `browser`. */
export const tools = {
  browser: {
    program: 'Chromium',
    env: 'HEADROOM_CHROMIUM',
    paths: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    debianPackage: 'chromium',
  },
  redis: {
    program: 'redis-server',
    env: 'HEADROOM_REDIS_SERVER',
    paths: ['/usr/bin/redis-server', '/usr/local/bin/redis-server'],
    debianPackage: 'redis-server',
  },
  rq: {
    program: 'RQ',
    env: 'HEADROOM_RQ',
    paths: ['/usr/bin/rq'],
    debianPackage: 'python3-rq',
    beside: ['redis'],
  },
  celery: {
    program: 'Celery',
    env: 'HEADROOM_CELERY',
    paths: ['/usr/bin/celery'],
    debianPackage: 'celery',
    // RQ brings the Python client that Celery needs for a Redis.
    beside: ['redis', 'rq'],
  },
  postgres: {
    program: 'PostgreSQL',
    env: 'HEADROOM_POSTGRES',
    paths: ['/usr/lib/postgresql/*/bin/postgres', '/usr/local/bin/postgres'],
    debianPackage: 'postgresql',
  },
  'node-exporter': {
    program: 'node_exporter',
    env: 'HEADROOM_NODE_EXPORTER',
    paths: ['/usr/bin/prometheus-node-exporter', '/usr/local/bin/node_exporter'],
    debianPackage: 'prometheus-node-exporter',
  },
  pgbouncer: {
    program: 'PgBouncer',
    env: 'HEADROOM_PGBOUNCER',
    paths: ['/usr/sbin/pgbouncer', '/usr/local/bin/pgbouncer'],
    debianPackage: 'pgbouncer',
    beside: ['postgres'],
  },
  gunicorn: {
    program: 'gunicorn',
    env: 'HEADROOM_GUNICORN',
    paths: ['/usr/bin/gunicorn', '/usr/local/bin/gunicorn'],
    debianPackage: 'gunicorn',
    beside: ['nginx'],
  },
  nginx: {
    program: 'nginx',
    env: 'HEADROOM_NGINX',
    paths: ['/usr/sbin/nginx', '/usr/local/sbin/nginx'],
    debianPackage: 'nginx',
  },
  prometheus: {
    program: 'Prometheus',
    env: 'HEADROOM_PROMETHEUS',
    paths: ['/usr/bin/prometheus', '/usr/local/bin/prometheus'],
    debianPackage: 'prometheus',
  },
} as const satisfies Record<string, Tool>

export type ToolName = keyof typeof tools

/** A tool and those its suites need beside it. */
export function withBeside(name: ToolName): Tool[] {
  const tool: Tool = tools[name]
  const beside = (Object.keys(tools) as ToolName[]).filter((other) => tool.beside?.includes(other))
  return [tool, ...beside.map((other) => tools[other])]
}

/** The path of a tool, or nothing where it is not installed. */
export function findTool({ env, paths }: Tool): string | undefined {
  const chosen = process.env[env]
  return (chosen ? [chosen] : paths.flatMap((path) => globSync(path).toSorted().toReversed())).find((path) =>
    existsSync(path),
  )
}

/** Finds a tool, or installs it where we may; otherwise says why the suites that need it cannot run. */
export async function provideTool(tool: Tool): Promise<{ path: string } | { missing: string }> {
  const found = findTool(tool)
  if (found) return { path: found }
  const chosen = process.env[tool.env]
  if (chosen) return { missing: `${tool.env} is ${chosen}, which does not exist` }
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { missing: `${tool.program} is not installed: install it, or set ${tool.env} to its path` }
  }
  console.log(`Installing ${tool.program} ...`)
  const failure = await installPackage(tool.debianPackage)
  const path = findTool(tool)
  if (path) return { path }
  const why = failure ?? `it is not in ${tool.paths.join(' or ')} then`
  return { missing: `${tool.program} is not installed, and apt-get could not install "${tool.debianPackage}": ${why}` }
}
