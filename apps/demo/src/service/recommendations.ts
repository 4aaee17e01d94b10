import type { ServiceFigures } from './caption-service.ts'

/** The service's own advice, as its endpoints give it. */
export type Recommendation = { severity: 'info' | 'warning' | 'critical'; message: string }

/** What the service would advise at this moment, the worst first. */
export function recommendations(figures: ServiceFigures): Recommendation[] {
  const { memory, databasePool, queue, slots } = figures
  const memoryShare = memory.usedMb / memory.limitMb
  const advice: Recommendation[] = []
  if (memoryShare > 0.9) {
    advice.push({
      severity: 'critical',
      message: 'Memory is nearly full: ask students who are done to export.',
    })
  }
  if (databasePool.waiting > 0) {
    advice.push({
      severity: 'critical',
      message: 'The database pool is used up and requests wait for a connection.',
    })
  }
  if (memoryShare > 0.8 && memoryShare <= 0.9) {
    advice.push({
      severity: 'warning',
      message: 'Memory is above 80 %: exports free the memory of a session.',
    })
  }
  if (queue.length > 50) {
    advice.push({
      severity: 'warning',
      message: `${queue.length} images wait for a caption: more workers would help.`,
    })
  }
  if (slots.waiting > 0) {
    advice.push({
      severity: 'info',
      message: `All ${slots.size} request slots are taken; ${slots.waiting} requests wait briefly.`,
    })
  }
  return advice
}
