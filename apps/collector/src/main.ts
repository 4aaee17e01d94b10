import { stayLean } from './lean.ts'

stayLean()
await import('./program.ts')
