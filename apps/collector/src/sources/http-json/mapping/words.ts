/**
 * The vocabulary in which documents are read. Data only: what a word stands for, and what kind of word it is. All sets
 * are of canonical words, that is after `SYNONYMS`.
 */

/** Words that mean the same to us. Rules and documents are both brought to the right-hand side before they are compared. */
export const SYNONYMS: Readonly<Record<string, string>> = {
  ...same('sessions', 'session'),
  ...same(
    'users',
    'user people person students student participants participant attendees attendee learners learner members member players player guests guest pupils pupil',
  ),
  ...same('threads', 'thread'),
  ...same('processes', 'process proc procs'),
  ...same('memory', 'mem ram'),
  ...same('disk', 'disks storage filesystem filesystems volume volumes'),
  ...same('queue', 'queues'),
  ...same('jobs', 'job task tasks rq celery bullmq sidekiq'),
  ...same('workers', 'worker'),
  ...same('pool', 'pools'),
  ...same('database', 'db postgres postgresql pg sql sqlalchemy mysql mariadb rds pgbouncer'),
  ...same('redis', 'valkey'),
  ...same('upstream', 'gemini openai anthropic claude mistral llm provider'),
  ...same('cache', 'caches caching'),
  ...same('streams', 'stream sse websocket websockets ws'),
  ...same('upload', 'uploads'),
  ...same('requests', 'request req reqs accesses'),
  ...same('responses', 'response'),
  ...same('errors', 'error err'),
  ...same('latency', 'latencies'),
  ...same('connections', 'connection conn conns'),
  ...same('replicas', 'replica pods pod'),
  ...same('instances', 'instance'),
  ...same('services', 'service dependencies dependency components component checks'),
  ...same('config', 'configuration settings thresholds threshold defaults expected options limits'),
  ...same('past', 'peak previous history yesterday lifetime highest lowest'),
  ...same('count', 'num number cnt'),
  ...same('used', 'usage'),
  ...same('max', 'maximum'),
  ...same('min', 'minimum'),
  ...same('avg', 'average mean'),
  ...same('p50', 'median'),
  ...same('utilization', 'utilisation'),
}

/**
 * Words that say whose figure it is. `memory_mb` under one of these is not the system's memory, unless the rule names the
 * word. Any other word around a name changes nothing.
 */
export const OWNERS: ReadonlySet<string> = words(
  'sessions users threads processes memory cpu gpu swap disk queue jobs workers pool database redis upstream api cache streams upload requests responses errors latency network services connections config past max min avg',
)

/** Words that may stand beside a name, or between it and its owner, without changing what it says. */
export const NEUTRAL: ReadonlySet<string> = words(
  'system server app application host machine container runtime os web http backend service stats statistics metrics info data details status health performance resources resource monitoring summary result current currently now live instances replicas overall counts',
)

/** What a number is *of* when it counts people: their names stand in lists and keys around such words. */
export const PEOPLE: ReadonlySet<string> = words(
  'users sessions names name clients owners accounts customers teachers instructors authors presenters emails email usernames username',
)

/** Keys that a summary of people is made of. Whatever else stands under such a word may be somebody's name, and is never kept. */
export const SUMMARY: ReadonlySet<string> = words(
  'active inactive count total max min avg limit allowed online offline idle current past used free available utilization open opened closed created expired exported ended started connected disconnected new memory cpu disk sessions users threads processes capacity waiting queued queue requests errors images upload files captions p50 p90 p95 p99 size length running busy failed finished registered enrolled left joined last first today hour day week minute second per by rate time age oldest longest duration pool stats summary items messages logged in seats ready concurrent tested remaining percent status healthy cleaned stale lifetime connections workers jobs for of file files store timeout ttl cleanup evicted rejected dropped pending interval reached warning checked out overflow',
)

/** A total of such things is how many there are, not how many there ever were: `total_memory`, `total_active`. */
export const LEVELS: ReadonlySet<string> = words(
  'active current open idle busy used free available waiting pending queued running allowed limit max capacity size memory users sessions threads processes workers replicas instances slots cores cpu cpus disk swap seats space pool queue online connected ready count heap',
)

/** Words by which one of many (a worker, a slot) says that it is at work, and the name its like are counted under. */
export const STATES_COUNTED: Readonly<Record<string, ReadonlySet<string>>> = {
  busy: words('busy started running active working'),
}

/** Of these, one is enough to make a total a level. */
export const LEVEL_STATES: ReadonlySet<string> = words(
  'active current open idle busy used free available waiting pending queued running allowed limit max capacity size online connected ready',
)

/** What a machine has so much of. */
export const STUFF: ReadonlySet<string> = words('memory disk swap heap cores cpus')

/** Names whose number is of bytes though nothing says so: Node's and psutil's. */
export const BARE_BYTES: ReadonlySet<string> = words('heap_total heap_used total_heap used_heap rss vms')

/** Numbers that are names or moments, not measures. */
export const IDENTIFIERS: ReadonlySet<string> = words(
  'version build revision release migration commit port pid ppid uid gid id uuid timestamp ts epoch date year seed hash checksum',
)

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}

function same(canonical: string, others: string): Record<string, string> {
  return Object.fromEntries(others.split(' ').map((word) => [word, canonical]))
}
