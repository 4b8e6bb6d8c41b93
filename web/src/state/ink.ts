/** Strokes on a page: tenths of a point, a beginning and then the way from each place to the next. */
import type { PagePlace, Stroke } from '../gen/protocol'

/** Places nearer than this to the one before say nothing new. */
const LEAST = 12
export const LONGEST_STROKE = 400

/** The stroke with another place at its end; the same one when that is where it ended. */
export function extended(points: readonly number[], { x, y }: PagePlace): readonly number[] {
  const [endX, endY] = endOf(points)
  const dx = Math.round(x * 10) - endX
  const dy = Math.round(y * 10) - endY
  return points.length > 0 && Math.hypot(dx, dy) < LEAST ? points : [...points, dx, dy]
}

export function isFull(points: readonly number[]): boolean {
  return points.length >= 2 * LONGEST_STROKE
}

/** Where a stroke ends, in tenths of a point. */
export function endOf(points: readonly number[]): readonly [number, number] {
  let x = 0
  let y = 0
  for (let i = 0; i < points.length; i += 2) {
    x += points[i] ?? 0
    y += points[i + 1] ?? 0
  }
  return [x, y]
}

/** As the `d` of an SVG path; a single place is a dot. */
export function pathOf(points: readonly number[]): string {
  const [x = 0, y = 0, ...steps] = points
  return steps.length === 0 ? `M${x} ${y}h0` : `M${x} ${y}l${steps.join(' ')}`
}

/** What was done last, to be taken back. */
export type Deed = { drew: Stroke } | { erased: Stroke }

/** The strokes of a page once what waits to be sent has arrived; `null`: it is rubbed out. */
export function withWaiting(
  kept: readonly Stroke[],
  waiting: ReadonlyMap<string, Stroke | null>,
): readonly Stroke[] {
  const known = new Set(kept.map((one) => one.id))
  const fresh = [...waiting.values()].filter((one) => one !== null && !known.has(one.id)) as Stroke[]
  return [...kept.filter((one) => waiting.get(one.id) !== null), ...fresh]
}
