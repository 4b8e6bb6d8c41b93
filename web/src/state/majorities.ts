/** Which majority asks for more than another. */
import type { VoteBase, VoteRule } from '../gen/protocol'

const WEAKEST_FIRST: readonly (VoteRule | VoteBase)[] = [
  'plurality',
  'more_than_half',
  'two_thirds',
  'three_quarters',
  'valid',
  'returned',
  'present',
  'convened',
  'all_members',
]

/** Whether it asks for no less than the body's own does. */
export function isEnough<T extends VoteRule | VoteBase>(one: T, own: T | undefined): boolean {
  return own === undefined || WEAKEST_FIRST.indexOf(one) >= WEAKEST_FIRST.indexOf(own)
}
