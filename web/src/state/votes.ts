/** What a vote is to who looks at it. */
import type { Vote } from '../gen/protocol'

/** How long a result stands on screens that nobody operates. */
const RESULT_SHOWN_MS = 180_000

/** The vote if it is open, or closed and not yet published. */
export function running(vote: Vote | null): Vote | null {
  return vote?.state === 'open' || vote?.state === 'closed' ? vote : null
}

/** The vote while it concerns the whole hall: it runs, or its result was published a moment ago. */
export function topical(vote: Vote | null, now: number): Vote | null {
  const isFresh = vote?.published_at && now - Date.parse(vote.published_at) < RESULT_SHOWN_MS
  return isFresh ? vote : running(vote)
}

/** May vote, and has not yet. */
export function owesBallot(vote: Vote | null, participant: string): boolean {
  return vote?.state === 'open' && vote.roster.includes(participant) && !vote.voted.includes(participant)
}

/** Who has not voted, in the order of the roster. */
export function awaited(vote: Vote): readonly string[] {
  const voted = new Set(vote.voted)
  return vote.roster.filter((one) => !voted.has(one))
}
