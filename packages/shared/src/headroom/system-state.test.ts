import { describe, expect, it } from 'vitest'
import type { Alert } from '../model/alert.ts'
import { systemState } from './system-state.ts'

const alert = (severity: Alert['severity'], state: Alert['state'] = 'firing'): Pick<Alert, 'severity' | 'state'> => ({
  severity,
  state,
})

describe('system state', () => {
  it('is critical, then unknown, then warning, then ok', () => {
    expect(systemState({ alerts: [alert('warning'), alert('critical')], primaryStale: true })).toBe('critical')
    expect(systemState({ alerts: [alert('warning')], primaryStale: true })).toBe('unknown')
    expect(systemState({ alerts: [alert('warning')], primaryStale: false })).toBe('warning')
    expect(systemState({ alerts: [], primaryStale: false })).toBe('ok')
  })

  it('info, pending and resolved alerts never count', () => {
    expect(
      systemState({
        alerts: [alert('info'), alert('critical', 'pending'), alert('critical', 'resolved')],
        primaryStale: false,
      }),
    ).toBe('ok')
  })
})
