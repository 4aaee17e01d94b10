import { Component, createRef } from 'react'
import type { ReactNode } from 'react'
import { playFrom, spotsOf } from './flip.ts'
import type { Spots } from './flip.ts'

type Props = {
  /** Names the order of the cards. */
  order: string
  /** Names the list they are of: from one list to another nothing moves. */
  list: string
  className: string | undefined
  few: number | undefined
  children: ReactNode
}
type Snapshot = { spots: Spots; focused: Element | null } | null

/**
 * A grid whose cards are seen to move to their new places, and keep the focus there. It is a class because only a
 * class is told before the page changes, when the cards still stand where they stood.
 */
export class FlipGrid extends Component<Props> {
  readonly #grid = createRef<HTMLDivElement>()

  override getSnapshotBeforeUpdate(before: Props): Snapshot {
    const grid = this.#grid.current
    if (grid === null || before.order === this.props.order || before.list !== this.props.list) return null
    return { spots: spotsOf(grid), focused: document.activeElement }
  }

  override componentDidUpdate(_before: Props, _state: unknown, snapshot: Snapshot): void {
    const grid = this.#grid.current
    if (grid === null || snapshot === null) return
    const { spots, focused } = snapshot
    // A card that is moved in the document loses the focus.
    if (focused instanceof HTMLElement && focused !== document.activeElement && grid.contains(focused))
      focused.focus({ preventScroll: true })
    playFrom(grid, spots)
  }

  override render(): ReactNode {
    const { className, few, children } = this.props
    return (
      <div ref={this.#grid} className={className} data-few={few}>
        {children}
      </div>
    )
  }
}
