/** Whether enough of those who may vote are here, by the same rule as the service. */
import type { Meeting, Share } from '../gen/protocol'

export interface Quorum {
  convened: number
  present: number
  needed: number
  isReached: boolean
}

export function quorumOf(meeting: Meeting): Quorum {
  const former = meeting.body?.former ?? []
  const voters = meeting.participants.filter(
    ({ id, role }) => (role === 'chair' || role === 'delegate') && !former.includes(id),
  )
  const present = voters.filter((person) => person.present).length
  // A body counts all its members, invited or not; else more than half of those convened are needed.
  const convened = meeting.body?.members ?? voters.length
  const needed = neededOf(meeting.body?.quorum ?? 'more_than_half', convened)
  return { convened, present, needed, isReached: convened > 0 && present >= needed }
}

/** The least number that is this share of a whole, exact in integers. */
export function neededOf(share: Share, whole: number): number {
  if (share === 'more_than_half') return Math.floor(whole / 2) + 1
  return share === 'two_thirds' ? Math.ceil((2 * whole) / 3) : Math.ceil((3 * whole) / 4)
}
