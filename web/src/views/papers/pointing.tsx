/** The layer on which who shows a page points at it, by mouse, pen or finger. */
import { useEffect, useRef } from 'preact/hooks'
import type { PagePlace, PageSize } from '../../gen/protocol'
import { placeOn } from '../../state/places'
import { useActs } from '../acts'

const EVERY_MS = 100

interface Props {
  version: string
  page: number
  size: PageSize
}

export function PointingLayer({ version, page, size }: Props) {
  const acts = useActs()
  /** The last place that was not said yet; undefined: all were. */
  const waiting = useRef<PagePlace | null | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const say = () => {
    timer.current = undefined
    if (waiting.current === undefined) return
    acts.point({ version, page, at: waiting.current })
    waiting.current = undefined
    timer.current = setTimeout(say, EVERY_MS)
  }
  const point = (at: PagePlace | null) => {
    waiting.current = at
    if (timer.current === undefined) say()
  }
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
      waiting.current = undefined
      acts.point({ version, page, at: null })
    },
    [acts, version, page],
  )
  const move = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    point(placeOn(event.currentTarget.getBoundingClientRect(), size, event.clientX, event.clientY))
  }
  return (
    <div
      class="pointing"
      onPointerDown={move}
      onPointerMove={move}
      onPointerLeave={() => point(null)}
      onPointerCancel={() => point(null)}
    />
  )
}
