import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Daemon, serverFolder } from '../../testing/daemon.ts'
import { freePort } from '../../testing/free-port.ts'
import { until } from '../../testing/until.ts'

const GUNICORN = process.env['HEADROOM_GUNICORN'] ?? '/usr/bin/gunicorn'
const NGINX = process.env['HEADROOM_NGINX'] ?? '/usr/sbin/nginx'

/** Answers with the status that the path names, after 20 ms: times are kept to a millisecond. */
const APP = `
import time

WORDS = {'200': 'OK', '429': 'Too Many Requests', '500': 'Internal Server Error', '503': 'Service Unavailable'}

def app(environ, start_response):
    status = environ['PATH_INFO'].strip('/') or '200'
    time.sleep(0.02)
    start_response(status + ' ' + WORDS.get(status, 'Other'), [('Content-Type', 'text/plain'), ('Content-Length', '503')])
    return [b'x' * 503]
`

/** A real gunicorn behind a real nginx; a folder of theirs holds `access.log` (nginx) and `gunicorn.log`. */
export class GunicornBehindNginx implements AsyncDisposable {
  readonly folder: string
  readonly url: string
  readonly #nginx: Daemon
  readonly #gunicorn: Daemon
  readonly #dispose: () => Promise<void>

  private constructor(folder: string, url: string, nginx: Daemon, gunicorn: Daemon, dispose: () => Promise<void>) {
    this.folder = folder
    this.url = url
    this.#nginx = nginx
    this.#gunicorn = gunicorn
    this.#dispose = dispose
  }

  static async start(statsdPort: number, prefix: string): Promise<GunicornBehindNginx> {
    const folder = await serverFolder()
    const [appPort, port] = [await freePort(), await freePort()]
    await writeFile(join(folder.path, 'app.py'), APP)
    await writeFile(join(folder.path, 'nginx.conf'), nginxConfig(folder.path, port, appPort))
    const gunicorn = new Daemon(
      [
        GUNICORN,
        '--workers=3',
        '--timeout=2',
        `--bind=127.0.0.1:${appPort}`,
        `--chdir=${folder.path}`,
        `--worker-tmp-dir=${folder.path}`,
        `--log-file=${join(folder.path, 'gunicorn.log')}`,
        `--statsd-host=127.0.0.1:${statsdPort}`,
        `--statsd-prefix=${prefix}`,
        '--dogstatsd-tags=service:captions,env:test',
        'app:app',
      ],
      { cwd: folder.path, env: { PYTHONDONTWRITEBYTECODE: '1' } },
    )
    const nginx = new Daemon([NGINX, '-p', folder.path, '-c', join(folder.path, 'nginx.conf'), '-g', 'daemon off;'], {
      cwd: folder.path,
    })
    const dispose = async (): Promise<void> => {
      await nginx[Symbol.asyncDispose]()
      await gunicorn[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    }
    const made = new GunicornBehindNginx(folder.path, `http://127.0.0.1:${port}`, nginx, gunicorn, dispose)
    await until(
      () => made.get('/200').catch(() => 0),
      (status) => status === 200 || !nginx.running || !gunicorn.running,
    )
    if (!nginx.running || !gunicorn.running) throw new Error(`it did not start: ${nginx.said}${gunicorn.said}`)
    return made
  }

  async get(path: string): Promise<number> {
    const response = await fetch(`${this.url}${path}`)
    await response.arrayBuffer()
    return response.status
  }

  /** One worker is stopped dead, as a request that never ends does it: gunicorn gives it up after its timeout. */
  get pid(): number {
    return this.#gunicorn.pid
  }

  /** nginx opens its logs anew, as logrotate asks it to. */
  reopenLogs(): void {
    this.#nginx.child.kill('SIGUSR1')
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#dispose()
  }
}

function nginxConfig(folder: string, port: number, appPort: number): string {
  return `
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
worker_processes 1;
events { worker_connections 64; }
http {
  access_log ${folder}/access.log combined;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://127.0.0.1:${appPort}; }
  }
}
`
}
