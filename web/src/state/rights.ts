/** What a person may send, by the same rule as the service; used until the service has said so itself. */
import type { Meeting, SourceKind } from '../gen/protocol'
import { personOf, speaksThrough } from './meeting'

export function publishingRights(meeting: Meeting, me: string): ReadonlySet<SourceKind> {
  const person = personOf(meeting, me)
  if (person === null || person.role === 'big_screen') return new Set()
  const { mode, holder } = meeting.floor
  const holdsFloor = holder === me || speaksThrough(meeting, me) !== null
  const rights = new Set<SourceKind>(['camera'])
  const isHeard = mode === 'open' || person.role === 'chair' || holdsFloor
  if (isHeard && !person.muted) rights.add('microphone')
  if (person.role === 'chair' || person.role === 'secretary' || holdsFloor) rights.add('screen')
  return rights
}
