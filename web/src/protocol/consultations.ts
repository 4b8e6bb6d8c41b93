/** What the office asks of the service about consultations before signature. */
import type {
  AskUnitsRequest,
  Consultation,
  ConsultationChoices,
  Consultations,
  MoveDeadlineRequest,
  NewConsultation,
  NewConsultationRequest,
  OpenOpinionRequest,
  OpinionRequest,
  ReplyRequest,
  SignConsultationRequest,
  WithdrawRequest,
} from '../gen/protocol'
import { ask, fetchJson } from './http'

const at = (...path: (string | number)[]) =>
  ['/api/office/consultations', ...path.map((part) => encodeURIComponent(part))].join('/')

export const consultations = () => ask<Consultations>(at())
export const choices = () => ask<ConsultationChoices>(at('choices'))
export const newConsultation = (request: NewConsultationRequest) => ask<NewConsultation>(at(), request)
export const consultation = (id: string) => ask<Consultation>(at(id))
export const sendDraft = (id: string, file: File, key: string) =>
  fetchJson<Consultation>(`${at(id, 'drafts')}?${new URLSearchParams({ key })}`, {
    method: 'POST',
    body: file,
  })
export const askUnits = (id: string, request: AskUnitsRequest) => ask<Consultation>(at(id, 'ask'), request)
export const moveDeadline = (id: string, request: MoveDeadlineRequest) =>
  ask<Consultation>(at(id, 'deadline'), request)
export const withdraw = (id: string, request: WithdrawRequest) =>
  ask<Consultation>(at(id, 'withdraw'), request)
export const giveOpinion = (id: string, request: OpinionRequest) =>
  ask<Consultation>(at(id, 'opinions'), request)
export const reply = (id: string, opinion: string, request: ReplyRequest) =>
  ask<Consultation>(at(id, 'opinions', opinion, 'reply'), request)
export const openOpinion = (id: string, opinion: string, request: OpenOpinionRequest) =>
  ask<Consultation>(at(id, 'opinions', opinion, 'open'), request)
export const sign = (id: string, request: SignConsultationRequest) =>
  ask<Consultation>(at(id, 'sign'), request)

export const draftFile = (id: string, number: number) => at(id, 'drafts', number, 'file')
export const draftPage = (id: string, number: number, page: number) => at(id, 'drafts', number, 'pages', page)
export const signedFile = (id: string) => at(id, 'signed')
