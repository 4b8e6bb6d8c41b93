/** What somebody reads beside the meeting, and whether the presenter turns its pages. */
import type { ShownPage } from '../gen/protocol'

export interface Reading {
  version: string
  page: number
  /** The page that is shown to all is the page read here. */
  follows: boolean
  /** Words that were looked for, marked on the page. */
  find?: string
}

/** The reading after the shown page changed; `putAway` is a version that was closed here while it was shown. */
export function turned(
  reading: Reading | null,
  shown: ShownPage | null,
  { me, putAway }: { me: string; putAway: string | null },
): Reading | null {
  if (shown === null) return reading?.follows ? null : reading
  if (reading === null && shown.version === putAway) return null
  // Who shows is ahead of the own events.
  if (reading?.follows && shown.participant === me && reading.version === shown.version) return reading
  return reading === null || reading.follows
    ? { version: shown.version, page: shown.page, follows: true }
    : reading
}

/**
 * Whether the pages that are turned here are turned for all: they are shown by `me`, or were asked to be and event
 * `awaited`, which shows them, has not come; `seq` is the last that has.
 */
export function presents(
  { follows }: Reading,
  { awaited, seq, shown, me }: { awaited: number; seq: number; shown: ShownPage | null; me: string },
): boolean {
  return follows && (seq < awaited || shown?.participant === me)
}
