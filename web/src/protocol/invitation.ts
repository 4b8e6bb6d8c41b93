/** What the owner of a personal link asks for before coming in; the link itself says who asks. */
import type {
  AnswerRequest,
  FormAnswerRequest,
  Invitation,
  SubstituteNamed,
  SubstituteRequest,
} from '../gen/protocol'
import { ask, Refused } from './http'

export const newKey = () => crypto.randomUUID()

export const answerInvitation = (request: AnswerRequest) => ask<Invitation>('/api/invitation/answer', request)
export const answerForm = (request: FormAnswerRequest) => ask<Invitation>('/api/invitation/opinion', request)
export const nameSubstitute = (request: SubstituteRequest) =>
  ask<SubstituteNamed>('/api/invitation/substitute', request)

/** The paper or the calendar entry, as a file to keep. */
export async function download(token: string, what: 'letter' | 'calendar'): Promise<File> {
  let response: Response
  try {
    response = await fetch(`/api/invitation/${what}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    })
  } catch {
    throw new Refused({ code: 'unreachable', message: '' })
  }
  if (!response.ok) throw new Refused(await response.json())
  const name = what === 'letter' ? 'Giay-moi.pdf' : 'Lich-hop.ics'
  return new File([await response.blob()], name, { type: response.headers.get('Content-Type') ?? '' })
}
