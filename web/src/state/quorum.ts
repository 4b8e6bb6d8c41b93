/** Whether enough of those who may vote are here, by the same rule as the service: more than half. */
import type { Meeting } from '../gen/protocol'

export interface Quorum {
  convened: number
  present: number
  needed: number
  isReached: boolean
}

export function quorumOf(meeting: Meeting): Quorum {
  const voters = meeting.participants.filter(({ role }) => role === 'chair' || role === 'delegate')
  const present = voters.filter((person) => person.present).length
  const needed = Math.floor(voters.length / 2) + 1
  return { convened: voters.length, present, needed, isReached: present >= needed }
}
