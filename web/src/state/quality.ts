/** How the line does, as one of four words that do not flicker. */
import type { LineQuality } from '../gen/protocol'

export type Level = 'good' | 'fair' | 'poor' | 'lost'

/** It must be worse for 5 s before we say so, and better for 20 s before we take it back. */
const WORSE_AFTER_MS = 5_000
const BETTER_AFTER_MS = 20_000
const ORDER: readonly Level[] = ['good', 'fair', 'poor', 'lost']

export interface LineSample {
  /** Shares of packets, 0 to 1. */
  uplinkLoss: number
  downlinkLoss: number
  roundTripMs: number
}

export interface Quality {
  said: Level
  seen: Level
  seenSince: number
}

export function firstQuality(now: number): Quality {
  return { said: 'good', seen: 'good', seenSince: now }
}

/** What one sample of the browser's own figures says. */
export function judge(sample: LineSample): Level {
  const loss = Math.max(sample.uplinkLoss, sample.downlinkLoss)
  if (loss > 0.1 || sample.roundTripMs > 800) return 'poor'
  return loss > 0.03 || sample.roundTripMs > 350 ? 'fair' : 'good'
}

/** The worse of what the service and the browser see. */
export function worse(service: LineQuality['level'] | null, own: Level): Level {
  return ORDER[Math.max(service ? ORDER.indexOf(service) : 0, ORDER.indexOf(own))] ?? own
}

/** The quality at `now` (ms), given what is seen there. A lost line is said, and taken back, at once. */
export function steady(quality: Quality, seen: Level, now: number): Quality {
  const since = seen === quality.seen ? quality.seenSince : now
  const isAtOnce = seen === 'lost' || quality.said === 'lost'
  const wait = ORDER.indexOf(seen) > ORDER.indexOf(quality.said) ? WORSE_AFTER_MS : BETTER_AFTER_MS
  const said = isAtOnce || now - since >= wait ? seen : quality.said
  return { said, seen, seenSince: since }
}
