import type { JSX } from 'react'
import type { Status } from '@headroom/shared/contracts.ts'
import { useServerNow } from '../../data/use-timeline.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { ageText } from '../../ui/format-age.ts'
import { momentText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { sentence } from '../../ui/sentence.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useZone } from '../../ui/zone-context.ts'
import { Facts, Panel } from './Panel.tsx'
import classes from './setup.module.css'

type Config = Status['config']

/** The configuration: which file, when it was read, and every problem of it with its place and the fix. */
export function ConfigPanel({ status }: { status: Status }): JSX.Element {
  const { config, sources } = status
  const errors = config.problems.filter((problem) => problem.severity === 'error')
  const warnings = config.problems.filter((problem) => problem.severity === 'warning')
  const none = config.file === null && !status.demo
  const word = config.ok ? (none ? 'none' : warnings.length > 0 ? 'good, with remarks' : 'good') : 'not applied'
  return (
    <Panel
      title="Configuration"
      mark={config.ok ? (warnings.length > 0 || none ? 'info' : 'ok') : 'warning'}
      word={word}
    >
      {!config.ok && <Broken config={config} errors={errors} />}
      {warnings.length > 0 && <Problems problems={warnings} />}
      <Facts
        rows={[
          [
            'File',
            config.file === null ? (
              status.demo ? (
                'the demo'
              ) : (
                'none: nothing is configured'
              )
            ) : (
              <code className={classes.path}>{config.file}</code>
            ),
          ],
          ...(config.readAt === null ? [] : [['Read', <ReadAt key="read" at={config.readAt} />] as const]),
          ['Systems', String(status.systems)],
          ['Sources', sourcesText(sources)],
        ]}
      />
      <p className={classes.quiet}>
        {config.file === null && status.demo
          ? 'A headroom.yaml in the folder it is started in takes its place.'
          : none
            ? '“Watch something” writes the first one.'
            : 'Saved changes apply by themselves.'}
      </p>
    </Panel>
  )
}

/** `5 ok, 3 failing`: what there is none of is not said. */
function sourcesText({ ok, failing, pending }: Status['sources']): string {
  const parts = [
    ...(ok > 0 ? [`${ok} ok`] : []),
    ...(failing > 0 ? [`${failing} failing`] : []),
    ...(pending > 0 ? [`${pending} waiting`] : []),
  ]
  return parts.length === 0 ? 'none' : parts.join(', ')
}

function ReadAt({ at }: { at: number }): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  return (
    <>
      <Moment at={at}>{momentText(at, now, zone, true)}</Moment> ({ageText(now - at)} ago)
    </>
  )
}

/** The file as it stands cannot be used. Nothing stops for that: what was good last stays in force. */
function Broken({ config, errors }: { config: Config; errors: Config['problems'] }): JSX.Element {
  return (
    <>
      <p className={classes.lead}>The file as it stands cannot be used. The last good configuration stays in use.</p>
      {errors.length > 0 ? (
        <Problems problems={errors} />
      ) : (
        <ul className={classes.problems}>
          {(config.error ?? '').split('\n').map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function Problems({ problems }: { problems: Config['problems'] }): JSX.Element {
  return (
    <ul className={classes.problems}>
      {problems.map(({ severity, path, message, line, column }) => (
        <li key={`${line} ${column} ${path} ${message}`} data-severity={severity}>
          <StateMark mark={severity === 'error' ? 'warning' : 'info'} size={14} />
          <span>
            {line !== undefined && (
              <b>
                line {line}
                {column !== undefined && `, column ${column}`}
              </b>
            )}
            {line === undefined && <b>{severity}</b>}
            {path !== '' && (
              <>
                {' '}
                <code>{path}</code>
              </>
            )}
            <span className={classes.message}>
              <CodeText text={sentence(message)} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
