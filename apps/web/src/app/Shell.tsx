import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { JSX } from 'react'
import { Announcer } from './Announcer.tsx'
import { Banners } from './Banners.tsx'
import { Head } from './Head.tsx'
import { Overlays } from './Overlays.tsx'
import { PageTitle } from './PageTitle.tsx'
import { PrintLine } from './PrintLine.tsx'
import { Shortcuts } from './Shortcuts.tsx'
import classes from './shell.module.css'
import { usePreloading } from './use-preloading.ts'
import { useRestoredScroll } from './use-restored-scroll.ts'

/** The frame around every screen. */
export function Shell(): JSX.Element {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname })
  const before = useRef(path)
  useEffect(() => {
    // A new screen takes the focus, as a loaded page would; one that is there to be typed into, with its field.
    if (before.current !== path) {
      const field = main.current?.querySelector<HTMLElement>('[data-takes-focus="true"]')
      ;(field ?? main.current)?.focus({ preventScroll: true })
    }
    before.current = path
  }, [path])
  usePreloading()
  useRestoredScroll()
  return (
    <>
      <a
        href="#main"
        className={classes.skip}
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        Skip to content
      </a>
      <Head />
      <PrintLine />
      <Banners />
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <PageTitle />
      <Announcer />
      <Overlays />
      <Shortcuts />
    </>
  )
}
