/** What a person may send, by the same rule as the service; used until the service has said so itself. */
import type { Meeting, Participant, SourceKind } from '../gen/protocol'
import { doorsOpen, personOf, speaksThrough } from './meeting'

export function publishingRights(meeting: Meeting, me: string): ReadonlySet<SourceKind> {
  const person = personOf(meeting, me)
  if (person === null || person.role === 'big_screen' || !doorsOpen(meeting)) return new Set()
  const rights = new Set<SourceKind>(['camera'])
  if (hasTurn(meeting, person) && !person.muted) rights.add('microphone')
  if (person.role === 'chair' || person.role === 'secretary' || holdsFloor(meeting, me)) rights.add('screen')
  return rights
}

/** Whether nothing but having been muted keeps somebody from being heard; the floor alone would not. */
export function isSilenced(meeting: Meeting, me: string): boolean {
  const person = personOf(meeting, me)
  return person?.muted === true && hasTurn(meeting, person)
}

function hasTurn(meeting: Meeting, { id, role }: Participant): boolean {
  return meeting.floor.mode === 'open' || role === 'chair' || holdsFloor(meeting, id)
}

function holdsFloor(meeting: Meeting, me: string): boolean {
  return meeting.floor.holder === me || speaksThrough(meeting, me) !== null
}
