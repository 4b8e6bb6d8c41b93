/** What the office asks about bodies and their members. */
import type {
  ChangeBodyRequest,
  CloseRequest,
  ConveneRequest,
  EndMembershipRequest,
  NewBodyRequest,
  NewMembersRequest,
  OfficeBodies,
  OfficeBodyCard,
  OfficeMeeting,
} from '../gen/protocol'
import { ask } from './http'

const at = (...path: string[]) => `/api/office/${path.map(encodeURIComponent).join('/')}`

export const bodies = () => ask<OfficeBodies>(at('bodies'))
export const body = (id: string) => ask<OfficeBodyCard>(at('bodies', id))
export const addBody = (request: NewBodyRequest) => ask<OfficeBodyCard>(at('bodies'), request)
export const changeBody = (id: string, request: ChangeBodyRequest) =>
  ask<OfficeBodyCard>(at('bodies', id), request)
export const closeBody = (id: string, request: CloseRequest) =>
  ask<OfficeBodyCard>(at('bodies', id, 'close'), request)
export const addMembers = (id: string, request: NewMembersRequest) =>
  ask<OfficeBodyCard>(at('bodies', id, 'members'), request)
export const endMembership = (id: string, member: string, request: EndMembershipRequest) =>
  ask<OfficeBodyCard>(at('bodies', id, 'members', member, 'end'), request)
export const convene = (meeting: string, request: ConveneRequest) =>
  ask<OfficeMeeting>(at('meetings', meeting, 'convened'), request)
