/** The screens of the office with made-up units, people and meetings. */
import type { ComponentChild } from 'preact'
import type {
  OfficeAccount,
  OfficeBrowsers,
  OfficeInvited,
  OfficeMe,
  OfficeMeeting,
  OfficePeople,
  OfficePersonCard,
  OfficeUnits,
  RosterReport,
} from '../src/gen/protocol'
import { Resend } from '../src/views/office/delivery'
import { Elsewhere } from '../src/views/office/elsewhere'
import { Links } from '../src/views/office/links'
import { MeetingPage } from '../src/views/office/meeting'
import { Meetings } from '../src/views/office/meetings'
import { NewMeeting } from '../src/views/office/newmeeting'
import { Own } from '../src/views/office/own'
import { People } from '../src/views/office/people'
import { PersonPage } from '../src/views/office/person'
import { Pick } from '../src/views/office/pick'
import { OFFICE, place } from '../src/views/office/place'
import { Repeat } from '../src/views/office/repeat'
import { Roster } from '../src/views/office/roster'
import { Shell } from '../src/views/office/shell'
import { SignIn } from '../src/views/office/signin'
import { Sites } from '../src/views/office/sites'
import { Units } from '../src/views/office/units'
import { Heading } from '../src/views/parts/heading'
import { bodies, bodyScreens } from './bodies'
import { consultationScreens } from './consultations'
import { meeting, people } from './people'
import { surveyScreens } from './surveys'
import '../src/css/office.css'

const nowhere = () => undefined
const me: OfficeMe = {
  account: 'o1',
  login: 'ha.pt',
  name: 'Phạm Thu Hà',
  role: 'system_admin',
  unit: 'u1',
  unit_name: meeting.unit,
  may: [
    'create_meeting',
    'see_meeting',
    'change_units',
    'change_people',
    'change_accounts',
    'create_consultation',
    'change_bodies',
    'change_survey',
  ],
}

const unit = (
  id: string,
  parent: string | null,
  level: OfficeUnits['units'][number]['level'],
  name: string,
) => ({
  id,
  parent,
  level,
  name,
  is_closed: false,
  revision: 1,
})
const units: OfficeUnits = {
  units: [
    unit('u1', null, 'province', meeting.unit),
    unit('u2', 'u1', 'body', 'Ban Dân chủ - Pháp luật'),
    unit('u3', 'u1', 'commune', 'Ủy ban MTTQ Việt Nam xã Nậm Cắn'),
    unit('u4', 'u3', 'hamlet', 'Ban Công tác Mặt trận bản Huồi Tụ'),
    unit('u5', 'u1', 'commune', 'Ủy ban MTTQ Việt Nam xã Vĩnh Thành'),
  ],
}

const known: OfficePeople = {
  people: people
    .slice(0, 9)
    .map(({ id, name, title, unit }) => ({ id, name, title, unit: 'u1', unit_name: unit, revision: 1 })),
  more: false,
}

const card: OfficePersonCard = {
  person: {
    id: 'p1',
    name: 'Lò Văn Mẩy',
    title: 'Chủ tịch',
    unit: 'u3',
    unit_name: 'Xã Nậm Cắn',
    revision: 3,
  },
  accounts: [],
  roles: ['unit_admin', 'clerk'],
}
const locked: OfficePersonCard = {
  ...card,
  accounts: [{ id: 'o1', login: 'may.lv', role: 'clerk', elsewhere: [], is_closed: true }],
}
const employed: OfficeAccount = {
  id: 'o1',
  login: 'may.lv',
  role: 'clerk',
  elsewhere: [{ role: 'unit_admin', unit: 'u5', unit_name: 'Ủy ban MTTQ Việt Nam xã Vĩnh Thành' }],
  is_closed: false,
}
const browsers: OfficeBrowsers = {
  sessions: [
    'Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36',
    'Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36',
  ].map((device, i) => ({
    id: `s${i}`,
    device,
    opened_at: meeting.starts_at,
    seen_at: meeting.starts_at,
    is_this: i === 0,
  })),
}

const report: RosterReport = {
  new: 41,
  known: 3,
  rejected: [
    { number: 7, name: 'Lê Văn Xa', unit: 'Xã Không Có', reason: 'unit_unknown' },
    { number: 19, name: '', unit: 'Xã Nậm Cắn', reason: 'name' },
  ],
}

const seatingReport: RosterReport = {
  new: 118,
  known: 4,
  rejected: [
    { number: 7, name: 'Lê Văn Xa', unit: 'Xã Nậm Cắn', reason: 'site_unknown' },
    { number: 19, name: 'Vi Thị An', unit: 'Xã Nậm Cắn', reason: 'person_ambiguous' },
  ],
}

const invited: readonly OfficeInvited[] = people.slice(0, 6).map(({ id, name, title, unit, role }, i) => ({
  id,
  person: id,
  name,
  title,
  unit,
  role,
  link: (['used', 'issued', 'none'] as const)[i % 3] ?? 'none',
  site: i === 3 ? 's1' : null,
  answer: 'pending' as const,
  email: '',
  mail: null,
  fault: null,
  is_opened: false,
}))
const draft: OfficeMeeting = {
  id: 'm7',
  title: meeting.title,
  unit: meeting.unit,
  state: 'draft',
  starts_at: meeting.starts_at,
  kind: 'conference',
  place: 'Hội trường tỉnh',
  body: null,
  missing: 0,
  sends_mail: true,
  sites: [
    { id: 's1', name: 'Điểm cầu xã Vĩnh Thành', unit: 'Xã Vĩnh Thành', capacity: 40 },
    { id: 's2', name: 'Điểm cầu xã Nậm Cắn', unit: 'Xã Nậm Cắn', capacity: 0 },
  ],
  invited: [
    ...invited,
    {
      id: 'screen',
      person: null,
      name: 'Điểm cầu xã Vĩnh Thành',
      title: '',
      unit: 'Xã Vĩnh Thành',
      role: 'site_operator',
      link: 'none',
      site: 's1',
      answer: 'pending',
      email: '',
      mail: null,
      fault: null,
      is_opened: false,
    },
  ],
}
const reached: OfficeMeeting = {
  ...draft,
  state: 'invited',
  invited: draft.invited.map((one, i) => ({
    ...one,
    answer: (['accepted', 'pending', 'declined', 'pending', 'pending', 'accepted'] as const)[i] ?? 'pending',
    email: i === 5 || i === 6 ? '' : `daibieu${i}@lamson.example`,
    mail: (['sent', 'sent', 'sent', 'refused', 'waiting'] as const)[i] ?? null,
    fault: i === 3 ? 'no_mailbox' : i === 4 ? 'unreachable' : null,
    is_opened: i < 3,
  })),
}
const links = invited.map(({ id }) => ({ participant: id, url: `https://hop.lamson.example/v/hB0cX9-${id}` }))

const lines = {
  meetings: (['in_session', 'draft', 'closed'] as const).map((state, i) => ({
    id: `m${i}`,
    title:
      i === 0
        ? meeting.title
        : (['', 'Họp Ban Thường trực tháng 7', 'Hội nghị phản biện xã hội dự thảo Đề án'][i] ?? ''),
    unit: meeting.unit,
    state,
    starts_at: meeting.starts_at,
    participants: [44, 0, 31][i] ?? 0,
  })),
  more: true,
}

function inside(path: string, screen: ComponentChild) {
  // The address says which entry of the navigation is current.
  place.value = OFFICE + path
  return (
    <Shell me={me} onSignOut={nowhere}>
      {screen}
    </Shell>
  )
}

export const officeScreens: Record<string, () => ComponentChild> = {
  'office-sign-in': () => <SignIn onSignedIn={nowhere} given={{ oidc: 'Tài khoản công vụ' }} />,
  'office-meetings': () => inside('', <Meetings me={me} given={lines} />),
  'office-more': () => {
    requestAnimationFrame(() => document.querySelector<HTMLElement>('nav button[aria-haspopup]')?.click())
    return inside('/don-vi', <Units me={me} given={units} />)
  },
  'office-meetings-none': () => inside('', <Meetings me={me} given={{ meetings: [], more: false }} />),
  'office-new-meeting': () => inside('/hop/moi', <NewMeeting given={units} givenBodies={bodies} />),
  'office-meeting': () => inside('/hop/m7', <MeetingPage id="m7" given={draft} />),
  'office-meeting-postponed': () =>
    inside('/hop/m7', <MeetingPage id="m7" given={{ ...draft, state: 'postponed' }} />),
  'office-new-time': () =>
    inside('/hop/m7', <MeetingPage id="m7" given={{ ...draft, state: 'invited' }} moves />),
  'office-meeting-invited': () => inside('/hop/m7', <MeetingPage id="m7" given={reached} />),
  'office-repeat': () => inside('/hop/m7', <Repeat id="m7" given={reached} />),
  'office-series': () =>
    inside(
      '/hop/m7',
      <Repeat
        id="m7"
        given={reached}
        written={{ first: '2026-12-07T08:00', rhythm: 'monthly_weekday', count: '6' }}
      />,
    ),
  'office-resend': () =>
    inside(
      '/hop/m7',
      <Resend
        meeting={reached}
        whom={reached.invited[3] as OfficeInvited}
        onChange={nowhere}
        onClose={nowhere}
      />,
    ),
  'office-site-fill': () =>
    inside(
      '/hop/m7',
      <Sites
        meeting={draft}
        onChange={nowhere}
        opened={{ what: 'fill', site: draft.sites[0] as OfficeMeeting['sites'][number] }}
      />,
    ),
  'office-site-add': () =>
    inside('/hop/m7', <Sites meeting={draft} onChange={nowhere} opened={{ what: 'add' }} />),
  'office-meeting-empty': () =>
    inside('/hop/m7', <MeetingPage id="m7" given={{ ...draft, invited: [], sites: [] }} />),
  'office-pick': () =>
    inside(
      '/hop/m7',
      <Pick
        meeting={{ ...draft, invited: invited.slice(0, 2) }}
        given={known}
        onInvited={nowhere}
        onClose={nowhere}
      />,
    ),
  'office-links': () => inside('/hop/m7', <Links links={links} people={invited} onClose={nowhere} />),
  'office-people': () => inside('/nhan-su', <People given={known} givenUnits={units} />),
  'office-roster': () => inside('/nhan-su/nhap', <Roster given={report} />),
  'office-seating': () => inside('/hop/m7/nhap', <Roster meeting={draft} given={seatingReport} />),
  'office-body-meeting': () =>
    inside('/hop/m7', <MeetingPage id="m7" given={{ ...draft, body: 'Ban Thường trực', missing: 2 }} />),
  'office-units': () => inside('/don-vi', <Units me={me} given={units} />),
  'office-unit': () => inside('/don-vi', <Units me={me} given={units} edits={units.units[2] ?? null} />),
  'office-person-locked': () =>
    inside('/nhan-su/p1', <PersonPage id="p1" given={locked} givenUnits={units} />),
  'office-person': () => inside('/nhan-su/p1', <PersonPage id="p1" given={card} givenUnits={units} />),
  'office-person-elsewhere': () =>
    inside(
      '/nhan-su/p1',
      <>
        <Heading>{card.person.name}</Heading>
        <section class="card col">
          <h2>{employed.login}</h2>
          <Elsewhere
            account={employed}
            home="u3"
            roles={card.roles}
            units={units.units}
            onChange={() => {}}
          />
        </section>
      </>,
    ),
  'office-own': () => inside('/tai-khoan', <Own me={me} given={browsers} />),
  'office-new-person': () => inside('/nhan-su', <People given={known} givenUnits={units} adds />),
  ...bodyScreens(me, units, inside),
  ...consultationScreens(me, units, inside),
  ...surveyScreens(me, units, inside),
}
