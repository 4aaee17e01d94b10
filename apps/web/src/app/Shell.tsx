import { Outlet } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { JSX } from 'react'
import { browserClock } from '../data/clock.ts'
import { Announcer } from './Announcer.tsx'
import { Banners } from './Banners.tsx'
import { Head } from './Head.tsx'
import { keepFocus } from './keep-focus.ts'
import { Overlays } from './Overlays.tsx'
import { PageTitle } from './PageTitle.tsx'
import { PrintLine } from './PrintLine.tsx'
import { Shortcuts } from './Shortcuts.tsx'
import classes from './shell.module.css'
import { useArrival } from './use-arrival.ts'
import { usePreloading } from './use-preloading.ts'
import { useRestoredScroll } from './use-restored-scroll.ts'

/** The frame around every screen. */
export function Shell(): JSX.Element {
  const main = useRef<HTMLElement>(null)
  useArrival(main)
  useEffect(() => {
    const here = new AbortController()
    keepFocus(document, browserClock, here.signal)
    return () => here.abort()
  }, [])
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
