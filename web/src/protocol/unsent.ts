/** The notes and strokes of one participant that the service does not have yet. */

import { type Change, type Sent, Unsent } from '../state/unsent'
import { Refused } from './http'
import { mayPass, putAt } from './papers'

const known = new Map<string, Unsent>()

export function unsentOf(participant: string): Unsent {
  const found = known.get(participant) ?? new Unsent(participant, () => localStorage, send)
  known.set(participant, found)
  return found
}

async function send({ path, body }: Change): Promise<Sent> {
  try {
    await putAt(path, body)
    return 'done'
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return mayPass(error) ? 'later' : error.problem
  }
}
