/** How many units said what, each counted once by its last answer. */
import type { ConsultedUnit, OpinionChoice } from '../../gen/protocol'

export type Counts = Record<OpinionChoice | 'silent', number>

export function countsOf(units: readonly ConsultedUnit[]): Counts {
  const counts: Counts = { agree: 0, disagree: 0, other: 0, silent: 0 }
  for (const unit of units) counts[unit.opinions.at(-1)?.choice ?? 'silent']++
  return counts
}
