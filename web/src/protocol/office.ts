/** What the office asks of the service. */
import type {
  AddressRequest,
  ChangePasswordRequest,
  ChangePersonRequest,
  ChangeUnitRequest,
  CloseRequest,
  GiveRoleRequest,
  InviteRequest,
  IssuedLinks,
  LinksRequest,
  NewAccountRequest,
  NewMeeting,
  NewMeetingRequest,
  NewPerson,
  NewPersonRequest,
  NewUnitRequest,
  OfficeAccount,
  OfficeBrowsers,
  OfficeMe,
  OfficeMeeting,
  OfficeMeetings,
  OfficePeople,
  OfficePersonCard,
  OfficeUnits,
  OfficeWays,
  PlaceRequest,
  ReopenRequest,
  RepeatRequest,
  RescheduleRequest,
  ResendRequest,
  ResetPasswordRequest,
  RosterReport,
  SignInRequest,
  SignOutRequest,
  SiteRequest,
  UninviteRequest,
} from '../gen/protocol'
import { answered, ask, fetchJson, reached } from './http'

const at = (...path: string[]) => `/api/office/${path.map(encodeURIComponent).join('/')}`

export const me = () => ask<OfficeMe>(at('me'))
export const signIn = (request: SignInRequest) => ask<OfficeMe>(at('sign-in'), request)
export const ways = () => ask<OfficeWays>(at('ways'))
export const OIDC = at('oidc')
export const signOut = () => ask<unknown>(at('sign-out'), {})

export const changePassword = (request: ChangePasswordRequest) => ask<unknown>(at('password'), request)
export const sessions = (account: string) =>
  ask<OfficeBrowsers>(at('sessions') + (account ? `?${new URLSearchParams({ account })}` : ''))
export const endSession = (id: string, request: CloseRequest) =>
  ask<unknown>(at('sessions', id, 'close'), request)

export const addAccount = (request: NewAccountRequest) => ask<OfficeAccount>(at('accounts'), request)
export const closeAccount = (id: string, request: CloseRequest) =>
  ask<unknown>(at('accounts', id, 'close'), request)
export const reopenAccount = (id: string, request: ReopenRequest) =>
  ask<unknown>(at('accounts', id, 'reopen'), request)
export const giveRole = (id: string, request: GiveRoleRequest) =>
  ask<unknown>(at('accounts', id, 'roles'), request)
export const endRole = (id: string, unit: string, request: CloseRequest) =>
  ask<unknown>(at('accounts', id, 'roles', unit, 'close'), request)
export const resetPassword = (id: string, request: ResetPasswordRequest) =>
  ask<unknown>(at('accounts', id, 'password'), request)

export const units = () => ask<OfficeUnits>(at('units'))
export const addUnit = (request: NewUnitRequest) => ask<OfficeUnits>(at('units'), request)
export const changeUnit = (id: string, request: ChangeUnitRequest) =>
  ask<OfficeUnits>(at('units', id), request)
export const closeUnit = (id: string, request: CloseRequest) =>
  ask<OfficeUnits>(at('units', id, 'close'), request)

/** The latest, or those that follow `last`. */
export const meetings = (last?: { starts_at: string; id: string }) =>
  ask<OfficeMeetings>(
    at('meetings') + (last ? `?${new URLSearchParams({ before: last.starts_at, id: last.id })}` : ''),
  )
export const meeting = (id: string) => ask<OfficeMeeting>(at('meetings', id))
export const newMeeting = (request: NewMeetingRequest) => ask<NewMeeting>(at('meetings'), request)
export const repeatMeeting = (id: string, request: RepeatRequest) =>
  ask<NewMeeting>(at('meetings', id, 'again'), request)
export const reschedule = (id: string, request: RescheduleRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'time'), request)
export const setAddress = (id: string, request: AddressRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'address'), request)
export const resend = (id: string, request: ResendRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'resent'), request)
export const invite = (id: string, request: InviteRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'invited'), request)
export const uninvite = (id: string, request: UninviteRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'uninvited'), request)
export const signOutOfHall = (id: string, request: SignOutRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'signed-out'), request)
export const issueLinks = (id: string, request: LinksRequest) =>
  ask<IssuedLinks>(at('meetings', id, 'links'), request)

export const addSite = (id: string, request: SiteRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'sites'), request)
export const changeSite = (id: string, site: string, request: SiteRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'sites', site), request)
export const removeSite = (id: string, site: string, request: CloseRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'sites', site, 'remove'), request)
export const placeAt = (id: string, request: PlaceRequest) =>
  ask<OfficeMeeting>(at('meetings', id, 'placed'), request)

export const people = (query: string, unit = '') =>
  ask<OfficePeople>(
    `${at('people')}?${new URLSearchParams({ ...(query && { q: query }), ...(unit && { unit }) })}`,
  )
export const person = (id: string) => ask<OfficePersonCard>(at('people', id))
export const changePerson = (id: string, request: ChangePersonRequest) =>
  ask<OfficePersonCard>(at('people', id), request)
export const newPerson = (request: NewPersonRequest) => ask<NewPerson>(at('people'), request)

/**
 * Of which body the people of a sheet are to be members, and from which day; or to which meeting they are invited, and
 * whether sites that it does not have are made. null: they are only to be there.
 */
export type RosterAim =
  | { body: string; joined_on: string }
  | { meeting: string; makes_sites: 'true' | 'false' }
  | null
const rosterAt = (what: string[], aim: RosterAim, more: Record<string, string> = {}) => {
  const query = new URLSearchParams({ ...aim, ...more }).toString()
  return at('roster', ...what) + (query && `?${query}`)
}

export const rosterTemplate = (aim: RosterAim) => rosterAt([], aim)
const sheet = (file: File) => ({ method: 'POST', body: file })
export const checkRoster = (file: File, aim: RosterAim) =>
  fetchJson<RosterReport>(rosterAt(['check'], aim), sheet(file))
export const takeRoster = (file: File, aim: RosterAim, key: string) =>
  fetchJson<RosterReport>(rosterAt(['take'], aim, { key }), sheet(file))
export const rejectedLines = async (file: File, aim: RosterAim) =>
  reached((await answered(rosterAt(['rejected'], aim), sheet(file))).blob())
