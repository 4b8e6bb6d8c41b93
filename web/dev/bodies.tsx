/** Screens of the bodies of the organisation and their members. */
import type { ComponentChild } from 'preact'
import type {
  OfficeBodies,
  OfficeBody,
  OfficeBodyCard,
  OfficeMe,
  OfficeUnits,
  RosterReport,
} from '../src/gen/protocol'
import { BodyPage } from '../src/views/office/bodies/card'
import { Bodies } from '../src/views/office/bodies/list'
import { Roster } from '../src/views/office/roster'
import { meeting, people } from './people'

const source = 'Theo Điều lệ Mặt trận Tổ quốc Việt Nam; cần đối chiếu nguyên văn khóa hiện hành'
const board: OfficeBody = {
  id: 'b1',
  unit: 'u1',
  unit_name: meeting.unit,
  kind: 'standing',
  name: 'Ban Thường trực Ủy ban MTTQ tỉnh',
  term: '2024 – 2029',
  quorum: 'two_thirds',
  rule: 'more_than_half',
  base: 'all_members',
  basis: '',
  source,
  members: 7,
  is_closed: false,
  revision: 1,
}
export const bodies: OfficeBodies = {
  bodies: [
    { ...board, id: 'b2', kind: 'committee', name: 'Ủy ban MTTQ Việt Nam tỉnh khóa XV', members: 85 },
    board,
    {
      ...board,
      id: 'b3',
      kind: 'advisory',
      name: 'Hội đồng tư vấn về Dân chủ - Pháp luật',
      term: '',
      members: 0,
    },
    { ...board, id: 'b4', name: 'Ban Thường trực khóa XIV', term: '2019 – 2024', is_closed: true },
  ],
}
const bodyCard: OfficeBodyCard = {
  body: board,
  members: people.slice(0, 7).map(({ id, name, title }, i) => ({
    id,
    person: id,
    name,
    title,
    position: i === 0 ? 'head' : i < 3 ? 'deputy' : 'member',
    joined_on: '2024-08-20',
  })),
}

const memberReport: RosterReport = {
  new: 37,
  known: 2,
  rejected: [
    { number: 7, name: 'Lê Văn Xa', unit: 'Xã Nậm Cắn', reason: 'position' },
    { number: 19, name: 'Vi Thị An', unit: 'Xã Nậm Cắn', reason: 'member_then' },
  ],
}

export function bodyScreens(
  me: OfficeMe,
  units: OfficeUnits,
  inside: (path: string, screen: ComponentChild) => ComponentChild,
): Record<string, () => ComponentChild> {
  return {
    'office-body-roster': () =>
      inside('/co-quan/b1/nhap', <Roster body={bodyCard.body} given={memberReport} />),
    'office-bodies': () => inside('/co-quan', <Bodies me={me} given={bodies} />),
    'office-new-body': () => inside('/co-quan', <Bodies me={me} given={bodies} adds={units} />),
    'office-body': () => inside('/co-quan/b1', <BodyPage id="b1" me={me} given={bodyCard} />),
    'office-body-form': () =>
      inside('/co-quan/b1', <BodyPage id="b1" me={me} given={bodyCard} doing="change" />),
  }
}
