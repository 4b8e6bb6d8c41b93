/** Screens of checking in, with three sites made up. */
import type { ComponentChild } from 'preact'
import type { AttendanceSheet, CheckedIn, HallCode, Meeting, Participant } from '../src/gen/protocol'
import type { Acts } from '../src/protocol/call'
import { text } from '../src/state/i18n'
import { ActsContext } from '../src/views/acts'
import { Check } from '../src/views/check/check'
import { CheckIn } from '../src/views/doors/checkin'
import { CheckInDesk } from '../src/views/hall/checkin/checkin'
import { Hall, type Tab } from '../src/views/hall/hall'
import { CheckInOnWall } from '../src/views/wall/checkin'
import { freshChoices, pretend } from './acts'
import { meeting } from './people'

const nowhere = () => undefined
const SITES = ['Điểm cầu xã Vĩnh Thành', 'Điểm cầu xã Nậm Cắn', 'Điểm cầu phường Trường Thi']
const sites: Meeting['sites'] = SITES.map((name, i) => ({
  id: `s${i}`,
  name,
  unit: name.replace('Điểm cầu xã', 'Xã').replace('Điểm cầu phường', 'Phường'),
  capacity: 40 + 10 * i,
}))
const screens: Participant[] = sites.map((site) => ({
  id: `screen-${site.id}`,
  name: site.name,
  title: '',
  unit: site.unit,
  role: 'site_operator',
  muted: false,
  present: false,
  answer: 'pending',
  how: null,
  site: site.id,
}))

/** Everybody of the made-up conference, a third of them at the sites. */
export function seated(): Pick<Meeting, 'sites' | 'participants'> {
  const participants = meeting.participants.map((one, i): Participant => {
    if (one.role !== 'delegate' || i % 3 !== 0) return one
    const isHere = i % 4 !== 1
    return {
      ...one,
      site: `s${i % 3 === 0 ? (i / 3) % 3 : 0}`,
      present: isHere,
      how: isHere ? 'in_person' : null,
    }
  })
  return { sites, participants: [...participants, ...screens] }
}

const code: HallCode = { link: `${location.origin}/c/AZrxk3Qm2TnVb8Yc5LwE`, site: null, left_s: 21 }

function sheet(): AttendanceSheet {
  const { participants } = seated()
  const people = participants.filter((one) => one.role === 'delegate').slice(0, 60)
  const counts = (name: string, all: number, here: number, capacity = 0) => ({
    name,
    all,
    in_person: here,
    remote: Math.floor(here / 4),
    excused: 1,
    unexcused: 0,
    capacity,
  })
  return {
    convened: 300,
    present: 251,
    needed: 151,
    lines: people.map((one, i) => ({
      participant: one.id,
      name: one.name,
      title: one.title,
      unit: one.unit,
      role: one.role,
      site: sites.find((site) => site.id === one.site)?.name ?? null,
      answer: one.answer,
      reason: '',
      excused: null,
      how: one.how,
      method: one.how === null ? null : one.how === 'remote' ? 'remote' : i % 2 ? 'qr' : 'on_behalf',
      came_at: one.how === null ? null : '2026-11-22T01:12:00Z',
      left_at: null,
    })),
    units: [counts('Xã Vĩnh Thành', 38, 30), counts('Xã Nậm Cắn', 37, 31), counts('', 4, 4)],
    sites: [...sites.map((site) => counts(site.name, 34, 27, site.capacity)), counts('', 198, 120)],
  }
}

function inHall(acts: Acts, tab?: Tab) {
  const now = acts.store.meeting.value
  if (now) acts.store.meeting.value = { ...now, ...seated() }
  return <Hall acts={acts} tab={tab} />
}

function companion(holds: boolean) {
  const me = seated().participants.find((one) => one.how === 'in_person')?.id ?? 'd0'
  const acts = pretend(me, 'delegate')
  acts.choices.where.value = 'hall'
  acts.store.media.value = 'apart'
  const screen = inHall(acts)
  const now = acts.store.meeting.value
  if (now && holds) acts.store.meeting.value = { ...now, floor: { ...now.floor, holder: me } }
  return screen
}

function desk(role: 'secretary' | 'site_operator') {
  const acts = pretend(role === 'secretary' ? 'secretary' : 'screen-s0', role)
  const now = acts.store.meeting.value
  if (now) acts.store.meeting.value = { ...now, ...seated() }
  return (
    <ActsContext.Provider value={acts}>
      <CheckInDesk onClose={nowhere} given={{ sheet: sheet(), code }} />
    </ActsContext.Provider>
  )
}

function checkedIn(again: boolean) {
  const given: CheckedIn = {
    meeting: 'm7',
    title: meeting.title,
    name: 'Lò Thị Mẩy',
    site: again ? null : (SITES[1] ?? null),
    at: '2026-11-22T00:52:00Z',
    again,
  }
  return <CheckIn code="x" choices={freshChoices()} go={nowhere} given={given} />
}

export const checkInScreens: Record<string, () => ComponentChild> = {
  'check-in-done': () => checkedIn(false),
  'check-in-again': () => checkedIn(true),
  'check-hall': () => {
    const choices = freshChoices()
    choices.where.value = 'hall'
    const entered = {
      place: 'hall',
      session: 's7',
      meeting: 'm7',
      title: meeting.title,
      name: 'Lò Thị Mẩy',
      role: 'delegate',
    } as const
    return <Check entered={entered} choices={choices} onEnter={nowhere} />
  },
  'hall-companion': () => companion(false),
  'hall-companion-speaks': () => companion(true),
  'hall-sites': () => inHall(pretend('chair', 'chair'), 'people'),
  'hall-desk': () => desk('secretary'),
  'hall-desk-site': () => desk('site_operator'),
  'wall-check-in': () => {
    const acts = pretend('wall', 'big_screen')
    const now = acts.store.meeting.value
    if (now) acts.store.meeting.value = { ...now, ...seated() }
    return (
      <ActsContext.Provider value={acts}>
        <div class="wall" data-theme="dark">
          <header>
            <h1 class="grow line">{meeting.title}</h1>
          </header>
          <CheckInOnWall given={code} />
          <footer>{text.value.wall.present(251, 300)}</footer>
        </div>
      </ActsContext.Provider>
    )
  },
}
