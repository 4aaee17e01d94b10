import { RouterProvider } from '@tanstack/react-router'
import type { JSX } from 'react'
import { Providers } from './Providers.tsx'
import { router } from './router.tsx'

export function App(): JSX.Element {
  return (
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  )
}
