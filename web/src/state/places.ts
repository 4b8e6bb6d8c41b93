/** Places on a page in its own units, points from the upper left corner, whatever size it has on the screen. */
import type { PagePlace, PageSize } from '../gen/protocol'

type Box = Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>

/** Where on the page a place of the window is; beside the page, the nearest on it. */
export function placeOn(box: Box, size: PageSize, clientX: number, clientY: number): PagePlace {
  const along = (at: number, from: number, length: number, whole: number) =>
    tenth(Math.max(0, Math.min(1, (at - from) / Math.max(1, length))) * whole)
  return {
    x: along(clientX, box.left, box.width, size.width),
    y: along(clientY, box.top, box.height, size.height),
  }
}

const tenth = (value: number) => Math.round(value * 10) / 10
