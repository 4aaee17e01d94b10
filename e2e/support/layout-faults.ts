import type { Page } from 'playwright-core'

/**
 * What a reader would lose of a page as it stands, in words: a page that scrolls sideways, text that is cut off with
 * nothing that says so, text outside its window, text upon text.
 */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(look)
}

/** This runs in the page. */
function look(): string[] {
  type Run = { text: string; box: DOMRect; element: Element; layer: Element }
  const MOST = 8
  /** Glyphs reach a little past their box. */
  const SLACK = 2
  const faults: string[] = []
  const nameOf = (element: Element): string => {
    const own = element.getAttribute('data-metric') ?? element.getAttribute('data-system') ?? element.className
    const word = typeof own === 'string' ? own.replaceAll(/_\w{5,}\b/g, '').trim() : ''
    return `${element.tagName.toLowerCase()}${word === '' ? '' : `.${word.replaceAll(' ', '.')}`}`
  }
  const quote = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
  const clipped = (element: Element): boolean => {
    for (let each: Element | null = element; each !== null; each = each.parentElement)
      if (getComputedStyle(each).clipPath !== 'none') return true
    return false
  }
  const hidden = (element: Element): boolean =>
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) ||
    element.closest('.visually-hidden') !== null ||
    clipped(element)
  const dialog = [...document.querySelectorAll('dialog[open], [aria-modal="true"]')].at(-1)
  const root = dialog ?? document.body

  /** The nearest ancestor that cuts off what does not fit, on an axis. */
  const cutters = (element: Element): Element[] => {
    const found: Element[] = []
    for (let each: Element | null = element; each !== null && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each)
      if (style.overflowX !== 'visible' || style.overflowY !== 'visible') found.push(each)
    }
    return found
  }
  const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll'
  const says = (element: Element): boolean => {
    const style = getComputedStyle(element)
    // Lines beyond a clamp end in an ellipsis too.
    const shortened = style.textOverflow === 'ellipsis' || style.getPropertyValue('-webkit-line-clamp') !== 'none'
    return shortened || element.closest('[title]') !== null
  }

  /** What lies above the page, and covers what is under it: a dialog, the head, a box at the pointer. */
  const layerOf = (element: Element): Element => {
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      const { position, zIndex, backgroundColor } = getComputedStyle(each)
      const opaque = !/^(transparent|rgba\(.*, 0(\.\d+)?\))$/.test(backgroundColor)
      const above = position === 'sticky' || position === 'fixed' || (position !== 'static' && zIndex !== 'auto')
      if (each.tagName === 'DIALOG' || (above && opaque)) return each
    }
    return document.body
  }

  const runs: Run[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    const text = (node.textContent ?? '').trim()
    if (element === null || text === '' || hidden(element)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const layer = layerOf(element)
    for (const box of range.getClientRects())
      if (box.width > 1 && box.height > 1) runs.push({ text, box, element, layer })
  }

  if (document.documentElement.scrollWidth > window.innerWidth)
    faults.push(`scrolls sideways by ${document.documentElement.scrollWidth - window.innerWidth} px`)

  const cut = new Set<Element>()
  const seen: Run[] = []
  for (const run of runs) {
    let { left, right, top, bottom } = run.box
    let gone = false
    for (const cutter of cutters(run.element)) {
      const style = getComputedStyle(cutter)
      const box = cutter.getBoundingClientRect()
      const overX = Math.max(box.left - left, right - box.right)
      const overY = Math.max(box.top - top, bottom - box.bottom)
      // Where something scrolls, what is out of sight can be had; the rest of the way up it counts for nothing.
      if ((overX > 0 && scrolls(style.overflowX)) || (overY > 0 && scrolls(style.overflowY))) {
        if (right <= box.left || left >= box.right || bottom <= box.top || top >= box.bottom) gone = true
        ;[left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
        ;[top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)]
        continue
      }
      const cutsX = style.overflowX !== 'visible' && overX > SLACK
      const cutsY = style.overflowY !== 'visible' && overY > SLACK + (run.box.height - 14) / 2
      if ((cutsX || cutsY) && !says(run.element) && !says(cutter) && !cut.has(cutter)) {
        cut.add(cutter)
        faults.push(`${quote(run.text)} is cut off by ${nameOf(cutter)} (${Math.round(Math.max(overX, overY))} px)`)
      }
      if (cutsX) [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
      if (bottom <= box.top || top >= box.bottom || right <= left) gone = true
    }
    if (gone || right - left <= 1) continue
    if (left < -SLACK || right > window.innerWidth + SLACK)
      faults.push(`${quote(run.text)} reaches out of the window (${Math.round(right - window.innerWidth)} px)`)
    seen.push({ ...run, box: new DOMRect(left, top, right - left, bottom - top) })
  }

  const sorted = seen.toSorted((a, b) => a.box.top - b.box.top)
  for (const [index, one] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next += 1) {
      const other = sorted[next]
      if (other === undefined || other.box.top >= one.box.bottom) break
      if (one.element === other.element || one.layer !== other.layer) continue
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      // Lines of text have air above and below: two may touch there.
      const air = Math.min(one.box.height, other.box.height) * 0.35
      if (across > SLACK && down > air)
        faults.push(`${quote(one.text)} lies upon ${quote(other.text)} (${nameOf(one.element)})`)
    }
  }
  return faults.length > MOST ? [...faults.slice(0, MOST), `and ${faults.length - MOST} more`] : faults
}
