import { describe, expect, test } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { newImage, SessionStore, type Session } from './session-store.ts'

function created(store: SessionStore): Session {
  const made = store.create('Ada')
  if (made.kind === 'busy') throw new Error('busy')
  return made.session
}

describe('the session store', () => {
  test('takes no more than its limit', () => {
    const store = new SessionStore(1, new FakeClock())
    created(store)
    expect(store.create('Bo')).toEqual({ kind: 'busy' })
  })

  test('holds a picture until its caption comes, a thumbnail until the export, and then nothing', () => {
    const store = new SessionStore(10, new FakeClock())
    const session = created(store)
    const emptyBytes = store.heldBytes
    const image = newImage('photo.jpg', Buffer.alloc(3_000))
    session.images.push(image)
    const waitingBytes = store.heldBytes
    image.state = { kind: 'captioned', caption: 'A photo.' }
    expect(store.heldBytes).toBe(waitingBytes - 3_000)
    expect(store.heldBytes).toBeGreaterThan(emptyBytes)
    store.export(session.id)
    expect(store.heldBytes).toBe(0)
    expect(store.exportedTotal).toBe(1)
  })

  test('drops a session that nobody has touched for half an hour', async () => {
    const clock = new FakeClock()
    const store = new SessionStore(10, clock)
    const [left, kept] = [created(store), created(store)]
    await clock.advance(20 * 60_000)
    store.find(kept.id)
    await clock.advance(15 * 60_000)
    expect(store.all.map(({ id }) => id)).toEqual([kept.id])
    expect(store.find(left.id)).toBeUndefined()
  })
})
