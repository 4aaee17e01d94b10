import { createContext, useContext } from 'react'
import type { Zone } from './format-time.ts'

export const ZoneContext = createContext<Zone>('local')

export function useZone(): Zone {
  return useContext(ZoneContext)
}
