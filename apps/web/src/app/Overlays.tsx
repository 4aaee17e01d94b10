import { Component, Suspense } from 'react'
import type { JSX, ReactNode } from 'react'
import { forgetMissingParts, lazyPart } from '../ui/lazy-part.tsx'
import { OverlayComing } from './OverlayComing.tsx'
import { closeOverlay, useOverlay } from './overlay-store.ts'
import type { Overlay } from './overlay-store.ts'
import { isMissing } from './page-version.ts'

const Palette = lazyPart(async () => (await import('./palette/Palette.tsx')).Palette)
const Settings = lazyPart(async () => (await import('./Settings.tsx')).Settings)
const Help = lazyPart(async () => (await import('./Help.tsx')).Help)
export const LAZY_OVERLAYS = [Palette, Settings, Help]

const PARTS = { palette: Palette, settings: Settings, help: Help } satisfies Record<Overlay, unknown>

/** What lies over the page, loaded when it is first opened. */
export function Overlays(): JSX.Element | null {
  const overlay = useOverlay()
  if (overlay === null) return null
  const Part = PARTS[overlay]
  return (
    <OverlayBoundary key={overlay}>
      <Suspense fallback={<OverlayComing overlay={overlay} />}>
        <Part />
      </Suspense>
    </OverlayBoundary>
  )
}

/** An overlay that cannot be loaded, or breaks, leaves the page as it was. */
class OverlayBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(): void {
    forgetMissingParts()
    isMissing('part')
    closeOverlay()
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children
  }
}
