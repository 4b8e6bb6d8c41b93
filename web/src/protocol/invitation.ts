/** What the owner of a personal link asks for before coming in; the link itself says who asks. */
import type {
  AnswerRequest,
  FormAnswerRequest,
  Invitation,
  SubstituteNamed,
  SubstituteRequest,
} from '../gen/protocol'
import { answered, ask, json, reached } from './http'

export const newKey = () => crypto.randomUUID()

export const answerInvitation = (request: AnswerRequest) => ask<Invitation>('/api/invitation/answer', request)
export const answerForm = (request: FormAnswerRequest) => ask<Invitation>('/api/invitation/opinion', request)
export const nameSubstitute = (request: SubstituteRequest) =>
  ask<SubstituteNamed>('/api/invitation/substitute', request)

/** The paper or the calendar entry, as a file to keep. */
export async function download(token: string, what: 'letter' | 'calendar'): Promise<File> {
  const response = await answered(`/api/invitation/${what}`, { method: 'POST', ...json({ token }) })
  const name = what === 'letter' ? 'Giay-moi.pdf' : 'Lich-hop.ics'
  return new File([await reached(response.blob())], name, {
    type: response.headers.get('Content-Type') ?? '',
  })
}
