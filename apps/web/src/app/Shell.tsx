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
    if (before.current !== path) takeFocus(main.current)
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

/**
 * A new screen takes the focus, as a loaded page would; one that is there to be typed into, with its field. Unless the
 * focus has been given to something in it already: the palette leads to a chart or to a flag.
 */
function takeFocus(screen: HTMLElement | null): void {
  const holder = document.activeElement
  if (screen === null || (holder !== screen && screen.contains(holder))) return
  const field = screen.querySelector<HTMLElement>('[data-takes-focus="true"]')
  ;(field ?? screen).focus({ preventScroll: true })
}
