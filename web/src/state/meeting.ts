/** The meeting as the log makes it: a snapshot and one event give the next snapshot. */
import type {
  AgendaItem,
  ChatLine,
  Meeting,
  MeetingEvent,
  Participant,
  Site,
  Vote,
  VoteResult,
  WallShows,
} from '../gen/protocol'
import { type AgendaEvents, agendaChanges, closedItem } from './agenda'
import { type ConclusionEvents, conclusionChanges } from './conclusions'
import {
  type FloorEvents,
  floorChanges,
  floorLeft,
  keptUnit,
  type Spoke,
  speechEnded,
  withoutRequest,
} from './floor'
import { type PaperData, withoutPaper, withoutShown, withPaper, withReaders } from './papers'

const CHAT_LINES = 200

/** What each event carries in `data`, by its name. */
export interface EventData extends AgendaEvents, ConclusionEvents, FloorEvents, PaperData {
  state_changed: {
    from: Meeting['state']
    to: Meeting['state']
    item?: { item: string; spent_s: number } | null
    speech?: Spoke | null
    vote?: string | null
  }
  rescheduled: {
    to: Meeting['state']
    starts_at: string
    place: string
    planned: Readonly<Record<string, string>>
    mails: number | null
  }
  participant_added: { participant: Participant }
  participant_removed: { participant: string; previous?: Spoke | null }
  participant_replaced: { participant: string; substitute: Participant; vote?: string | null }
  invitation_answered: { participant: string; answer: Participant['answer'] }
  checked_in: { participant: string; how: NonNullable<Participant['how']>; site: string | null }
  left: { participant: string }
  site_added: { site: Site; operator: Participant }
  site_changed: { site: Site; operator: string }
  site_removed: { site: string; operator: string; previous: Spoke | null }
  placed: { site: string | null; participants: readonly string[] }
  muted: { participant: string }
  unmuted: { participant: string }
  stage_pinned: { participant: string | null }
  vote_opened: { vote: Vote }
  ballot_cast: { vote: string; participant: string }
  secret_ballot_cast: { vote: string; cast: number }
  hands_counted: { vote: string; participant: string; counted: Vote['counted']; tallies: Vote['tallies'] }
  vote_closed: { vote: string }
  vote_cancelled: { vote: string }
  vote_published: { vote: string; result: VoteResult }
  wall_set: { shows: WallShows }
  said: { id: string; participant: string; name: string; text: string }
}

type Change = (meeting: Meeting, event: MeetingEvent) => Meeting

/** `data` of an event whose name is known; the service has checked it. */
export function dataOf<N extends keyof EventData>(_name: N, event: MeetingEvent): EventData[N] {
  return event.data as unknown as EventData[N]
}

function person(meeting: Meeting, id: string, change: Partial<Participant>): Meeting {
  return {
    ...meeting,
    participants: meeting.participants.map((p) => (p.id === id ? { ...p, ...change } : p)),
  }
}

function vote(meeting: Meeting, id: string, change: Partial<Vote>): Meeting {
  return meeting.vote?.id === id ? { ...meeting, vote: { ...meeting.vote, ...change } } : meeting
}

/** Nobody speaks, waits or is here, and nothing is shown; the screens stay, unlike after the end. */
function interrupted(meeting: Meeting, { item, speech }: EventData['state_changed']): Meeting {
  const closed = item ? closedItem(meeting, item) : meeting
  return {
    ...floorLeft(closed, speech ?? null),
    stage: null,
    shown: null,
    shown_to_others: false,
    participants: closed.participants.map((p) => ({ ...p, present: false, how: null })),
  }
}

/** Everybody owes an answer again. */
function asked(meeting: Meeting): Meeting['participants'] {
  return meeting.participants.map((p) => ({ ...p, answer: 'pending' }))
}

/** Somebody takes part no more: not in the queue, not with the floor, not on the stage. */
function without(meeting: Meeting, participant: string, previous: Spoke | null): Meeting {
  const rest = withoutRequest(meeting, participant)
  const ended = rest.floor.holder === participant ? speechEnded(rest, previous) : rest
  const released = keptUnit(ended, participant)
  return {
    ...released,
    stage: released.stage === participant ? null : released.stage,
    participants: released.participants.filter((p) => p.id !== participant),
  }
}

const changes: { [N in keyof EventData]: Change } = {
  state_changed: (m, e) => {
    const { from, to, vote: ended } = dataOf('state_changed', e)
    const next = { ...(ended ? vote(m, ended, { state: 'cancelled' }) : m), state: to }
    if (from === 'postponed' && to === 'draft') return { ...next, participants: asked(m) }
    return to === 'postponed' ? interrupted(next, dataOf('state_changed', e)) : next
  },
  rescheduled: (m, e) => {
    const { to, starts_at, place, planned, mails } = dataOf('rescheduled', e)
    return {
      ...m,
      ...{ state: to, starts_at, place },
      agenda: m.agenda.map((item) => {
        const planned_at = planned[item.id]
        return planned_at ? { ...item, planned_at, revision: item.revision + 1 } : item
      }),
      participants: mails === null ? m.participants : asked(m),
    }
  },
  participant_added: (m, e) => {
    const { participant } = dataOf('participant_added', e)
    return {
      ...m,
      participants: [...m.participants.filter((p) => p.id !== participant.id), participant],
    }
  },
  participant_removed: (m, e) => {
    const { participant, previous } = dataOf('participant_removed', e)
    return without(m, participant, previous ?? null)
  },
  participant_replaced: (m, e) => {
    const { participant, substitute, vote: owed } = dataOf('participant_replaced', e)
    const rest = without(m, participant, null)
    const roster = m.vote?.roster.map((one) => (one === participant ? substitute.id : one))
    const next = owed && roster ? vote(rest, owed, { roster }) : rest
    return { ...next, participants: [...rest.participants, substitute] }
  },
  invitation_answered: (m, e) => {
    const { participant, answer } = dataOf('invitation_answered', e)
    return person(m, participant, { answer })
  },
  checked_in: (m, e) => {
    const { participant, how, site } = dataOf('checked_in', e)
    return person(m, participant, { present: true, how, ...(how === 'in_person' ? { site } : {}) })
  },
  left: (m, e) => person(m, dataOf('left', e).participant, { present: false, how: null }),
  site_added: (m, e) => {
    const { site, operator } = dataOf('site_added', e)
    return { ...m, sites: [...m.sites, site], participants: [...m.participants, operator] }
  },
  site_changed: (m, e) => {
    const { site, operator } = dataOf('site_changed', e)
    const sites = m.sites.map((one) => (one.id === site.id ? site : one))
    return person({ ...m, sites }, operator, { name: site.name, unit: site.unit })
  },
  site_removed: (m, e) => {
    const { site, operator, previous } = dataOf('site_removed', e)
    const rest = without(m, operator, previous)
    return {
      ...rest,
      sites: rest.sites.filter((one) => one.id !== site),
      participants: rest.participants.map((p) => (p.site === site ? { ...p, site: null } : p)),
    }
  },
  placed: (m, e) => {
    const { site, participants } = dataOf('placed', e)
    const moved = new Set(participants)
    return { ...m, participants: m.participants.map((p) => (moved.has(p.id) ? { ...p, site } : p)) }
  },
  ...floorChanges,
  muted: (m, e) => person(m, dataOf('muted', e).participant, { muted: true }),
  unmuted: (m, e) => person(m, dataOf('unmuted', e).participant, { muted: false }),
  ...agendaChanges,
  ...conclusionChanges,
  stage_pinned: (m, e) => ({ ...m, stage: dataOf('stage_pinned', e).participant }),
  vote_opened: (m, e) => ({ ...m, vote: dataOf('vote_opened', e).vote }),
  ballot_cast: (m, e) => {
    const { vote: id, participant } = dataOf('ballot_cast', e)
    const others = m.vote?.voted.filter((one) => one !== participant) ?? []
    return vote(m, id, { voted: [...others, participant], cast: others.length + 1 })
  },
  secret_ballot_cast: (m, e) => {
    const { vote: id, cast } = dataOf('secret_ballot_cast', e)
    return vote(m, id, { cast })
  },
  hands_counted: (m, e) => {
    const { vote: id, counted, tallies } = dataOf('hands_counted', e)
    return vote(m, id, { counted, tallies })
  },
  vote_closed: (m, e) => vote(m, dataOf('vote_closed', e).vote, { state: 'closed' }),
  vote_cancelled: (m, e) => vote(m, dataOf('vote_cancelled', e).vote, { state: 'cancelled' }),
  vote_published: (m, e) => {
    const { vote: id, result } = dataOf('vote_published', e)
    // Of hands no event but this tells how many there were.
    return vote(m, id, { state: 'published', published_at: e.at, cast: result.returned, result })
  },
  version_added: (m, e) => withPaper(m, dataOf('version_added', e).document),
  version_converted: (m, e) => withPaper(m, dataOf('version_converted', e).document),
  version_failed: (m, e) => withPaper(m, dataOf('version_failed', e).document),
  version_approved: (m, e) => withPaper(m, dataOf('version_approved', e).document),
  readers_changed: (m, e) => withReaders(m, dataOf('readers_changed', e)),
  document_recalled: (m, e) => withoutPaper(m, dataOf('document_recalled', e)),
  page_shown: (m, e) => ({ ...m, shown: dataOf('page_shown', e).shown, shown_to_others: false }),
  showing_ended: (m, e) => withoutShown(m, dataOf('showing_ended', e)),
  wall_set: (m, e) => ({ ...m, wall: dataOf('wall_set', e).shows }),
  said: (m, e) => {
    const line: ChatLine = { ...dataOf('said', e), at: e.at }
    return { ...m, chat: [...m.chat, line].slice(-CHAT_LINES) }
  },
}

/** The meeting after `event`. Names that this page does not know yet change nothing. */
export function apply(meeting: Meeting, event: MeetingEvent): Meeting {
  const change = changes[event.name as keyof EventData]
  return change ? change(meeting, event) : meeting
}

export function doorsOpen({ state }: Pick<Meeting, 'state'>): boolean {
  return state === 'check_in' || state === 'in_session' || state === 'paused'
}

export function personOf(meeting: Meeting, id: string | null): Participant | null {
  return meeting.participants.find((p) => p.id === id) ?? null
}

export function currentItem(meeting: Meeting): AgendaItem | null {
  return meeting.agenda.find((i) => i.state === 'current') ?? null
}

export function chairOf(meeting: Meeting): Participant | null {
  return meeting.participants.find((p) => p.role === 'chair') ?? null
}

/** Who counts as an attendant: everybody but the screens of rooms. */
export function attendants(meeting: Meeting): readonly Participant[] {
  return meeting.participants.filter((p) => p.role !== 'big_screen' && p.role !== 'site_operator')
}

/** Whose picture is shown: attendants and the sites. */
export function pictured(meeting: Meeting): readonly Participant[] {
  return meeting.participants.filter((p) => p.role !== 'big_screen')
}

/** The screen of the site at which somebody sits, who is seen and heard through it; null: they have their own. */
export function screenOf(meeting: Meeting, id: string | null): Participant | null {
  const who = personOf(meeting, id)
  if (who?.how !== 'in_person' || who.site === null) return null
  return meeting.participants.find((p) => p.role === 'site_operator' && p.site === who.site) ?? null
}

/** What stands below a name on the stage: position and unit, or who speaks at that site. */
export function subtitle(meeting: Meeting, person: Participant): string {
  const speaker = speaksThrough(meeting, person.id)
  const lines = speaker ? [speaker.name, speaker.title] : [person.title, person.unit]
  return lines.filter(Boolean).join(' · ')
}

/** Who speaks through this screen of a site, if anybody. */
export function speaksThrough(meeting: Meeting, screen: string): Participant | null {
  return screenOf(meeting, meeting.floor.holder)?.id === screen
    ? personOf(meeting, meeting.floor.holder)
    : null
}
