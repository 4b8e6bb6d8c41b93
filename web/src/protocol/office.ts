/** What the office asks of the service. */
import type {
  InviteRequest,
  IssuedLinks,
  LinksRequest,
  NewMeeting,
  NewMeetingRequest,
  NewPerson,
  NewPersonRequest,
  OfficeMe,
  OfficeMeeting,
  OfficeMeetings,
  OfficePeople,
  OfficeUnits,
  SignInRequest,
  UninviteRequest,
} from '../gen/protocol'
import { ask } from './http'

const at = (...path: string[]) => `/api/office/${path.map(encodeURIComponent).join('/')}`

export const me = () => ask<OfficeMe>(at('me'))
export const signIn = (request: SignInRequest) => ask<OfficeMe>(at('sign-in'), request)
export const signOut = () => ask<unknown>(at('sign-out'), {})

export const units = () => ask<OfficeUnits>(at('units'))

export const meetings = (before?: string) =>
  ask<OfficeMeetings>(at('meetings') + (before ? `?${new URLSearchParams({ before })}` : ''))
export const meeting = (id: string) => ask<OfficeMeeting>(at('meetings', id))
export const newMeeting = (request: NewMeetingRequest) => ask<NewMeeting>(at('meetings'), request)
export const invite = (id: string, request: InviteRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'invited'), request)
export const uninvite = (id: string, request: UninviteRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'uninvited'), request)
export const issueLinks = (id: string, request: LinksRequest) =>
  ask<IssuedLinks>(at('meetings', id, 'links'), request)

export const people = (query: string, unit = '') =>
  ask<OfficePeople>(
    `${at('people')}?${new URLSearchParams({ ...(query && { q: query }), ...(unit && { unit }) })}`,
  )
export const newPerson = (request: NewPersonRequest) => ask<NewPerson>(at('people'), request)
