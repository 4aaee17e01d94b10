import { afterAll } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { storeContract } from '../contract.ts'
import { openSqliteStore } from './open-store.ts'
import { temporaryFolder } from './testing/folder.ts'

const folders = new DisposableStack()
afterAll(() => folders.dispose())

// What the disk has to keep is tested in durability.test.ts; here nothing is killed, and waiting for it is slow.
storeContract('sqlite', () =>
  openSqliteStore({ folder: folders.use(temporaryFolder()).path, clock: new FakeClock(), synchronous: 'OFF' }),
)
