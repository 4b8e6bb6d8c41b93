/** The floor: who has it and for how long, who waits for it and in which order. */
import type { Floor, FloorRules, Meeting, MeetingEvent, SpeechRequest } from '../gen/protocol'

export interface Spoke {
  participant: string
  spoke_s: number
}
type Kind = SpeechRequest['kind']

/** What each event of the floor carries in `data`, by its name. */
export interface FloorEvents {
  hand_raised: { participant: string; asked_at: string; kind: Kind }
  hand_lowered: { participant: string; kind: Kind }
  floor_given: { participant: string; kind: Kind; limit_s: number; previous: Spoke | null }
  floor_taken: Spoke
  floor_mode_changed: { mode: Floor['mode'] }
  floor_rules_set: { rules: FloorRules }
  speech_paused: { participant: string }
  speech_resumed: { participant: string; paused_s: number }
  speech_extended: { participant: string; limit_s: number }
  all_muted: { previous: Spoke | null }
}

const FREE = { holder: null, since: null, kind: null, limit_s: 0, paused_at: null, paused_s: 0 } as const

export const emptyFloor: Floor = {
  ...FREE,
  mode: 'chaired',
  queue: [],
  rules: { turn_order: 'asked', speech_limit_s: 0, question_limit_s: 0, unit_budget_s: 0 },
  spoken: {},
  gone: {},
}

function floor(meeting: Meeting, change: Partial<Floor>): Meeting {
  return { ...meeting, floor: { ...meeting.floor, ...change } }
}

/** The meeting once the speech is over, which was as long as told. */
export function speechEnded(meeting: Meeting, spoke: Spoke | null): Meeting {
  const { spoken } = meeting.floor
  const before = spoke ? (spoken[spoke.participant] ?? 0) : 0
  return floor(meeting, {
    ...FREE,
    spoken: spoke ? { ...spoken, [spoke.participant]: before + spoke.spoke_s } : spoken,
  })
}

/** The meeting once everybody has left: nobody speaks or waits. */
export function floorLeft(meeting: Meeting, spoke: Spoke | null): Meeting {
  return floor(speechEnded(meeting, spoke), { queue: [] })
}

/** The meeting once somebody is removed who has spoken for a unit: its time does not shrink. */
export function keptUnit(meeting: Meeting, id: string): Meeting {
  const { spoken, gone } = meeting.floor
  const person = meeting.participants.find((p) => p.id === id)
  return person && id in spoken ? floor(meeting, { gone: { ...gone, [id]: person.unit } }) : meeting
}

/** The meeting without what somebody asked for; without a kind, for anything. */
export function withoutRequest(meeting: Meeting, id: string, kind?: Kind): Meeting {
  const stays = (request: SpeechRequest) =>
    request.participant !== id || (kind !== undefined && request.kind !== kind)
  return floor(meeting, { queue: meeting.floor.queue.filter(stays) })
}

type Changes = { [N in keyof FloorEvents]: (meeting: Meeting, data: FloorEvents[N], at: string) => Meeting }

const changes: Changes = {
  hand_raised: (m, request) => {
    const rest = withoutRequest(m, request.participant, request.kind)
    return floor(rest, { queue: [...rest.floor.queue, request] })
  },
  hand_lowered: (m, { participant, kind }) => withoutRequest(m, participant, kind),
  floor_given: (m, { participant, kind, limit_s, previous }, at) => {
    const rest = withoutRequest(speechEnded(m, previous), participant, kind)
    const participants = rest.participants.map((p) => (p.id === participant ? { ...p, muted: false } : p))
    return floor({ ...rest, participants }, { holder: participant, since: at, kind, limit_s })
  },
  floor_taken: speechEnded,
  floor_mode_changed: (m, { mode }) => floor(m, { mode }),
  floor_rules_set: (m, { rules }) => floor(m, { rules }),
  speech_paused: (m, _, at) => floor(m, { paused_at: at }),
  speech_resumed: (m, { paused_s }) => floor(m, { paused_at: null, paused_s }),
  speech_extended: (m, { limit_s }) => floor(m, { limit_s }),
  all_muted: (m, { previous }) => floor(speechEnded(m, previous), { mode: 'chaired' }),
}

function change<N extends keyof FloorEvents>(name: N) {
  return (meeting: Meeting, event: MeetingEvent): Meeting =>
    changes[name](meeting, event.data as unknown as FloorEvents[N], event.at)
}

export const floorChanges = {
  hand_raised: change('hand_raised'),
  hand_lowered: change('hand_lowered'),
  floor_given: change('floor_given'),
  floor_taken: change('floor_taken'),
  floor_mode_changed: change('floor_mode_changed'),
  floor_rules_set: change('floor_rules_set'),
  speech_paused: change('speech_paused'),
  speech_resumed: change('speech_resumed'),
  speech_extended: change('speech_extended'),
  all_muted: change('all_muted'),
}

/** How the speech does against its limit: the last fifth is `soon`; null without a limit. */
export type Pace = 'well' | 'soon' | 'over' | null

export interface SpeechTime {
  spoke_s: number
  /** Negative when it is over; null without a limit. */
  left_s: number | null
  pace: Pace
  isPaused: boolean
}

/** The time of the speech; null while nobody has the floor. */
export function speechTime(of: Floor, now: number): SpeechTime | null {
  if (of.since === null) return null
  const until = of.paused_at === null ? now : Date.parse(of.paused_at)
  const spoke_s = Math.max(0, (until - Date.parse(of.since)) / 1000 - of.paused_s)
  const isPaused = of.paused_at !== null
  if (of.limit_s === 0) return { spoke_s, left_s: null, pace: null, isPaused }
  const share = spoke_s / of.limit_s
  const pace = share > 1 ? 'over' : share >= 0.8 ? 'soon' : 'well'
  return { spoke_s, left_s: of.limit_s - spoke_s, pace, isPaused }
}

/** Of who is here and of who was removed; empty for guests and others without one. */
function unitOf(meeting: Meeting, id: string): string {
  return meeting.participants.find((p) => p.id === id)?.unit ?? meeting.floor.gone[id] ?? ''
}

/** How many have spoken or speak for each unit; who has none speaks for themselves. */
function turnsTaken(meeting: Meeting): Map<string, number> {
  const { holder, spoken } = meeting.floor
  const turns = new Map<string, number>()
  for (const id of new Set([...Object.keys(spoken), ...(holder === null ? [] : [holder])])) {
    const unit = unitOf(meeting, id) || id
    turns.set(unit, (turns.get(unit) ?? 0) + 1)
  }
  return turns
}

/** One queue in the order in which its people are called. */
export function inTurn(meeting: Meeting, kind: Kind): readonly SpeechRequest[] {
  const { queue, rules, spoken } = meeting.floor
  const asked = queue.filter((request) => request.kind === kind)
  if (rules.turn_order === 'asked') return asked
  const turns = turnsTaken(meeting)
  const ranked = asked.map((request) => {
    if (rules.turn_order === 'spoken') return { request, rank: spoken[request.participant] ?? 0 }
    const unit = unitOf(meeting, request.participant) || request.participant
    const rank = turns.get(unit) ?? 0
    turns.set(unit, rank + 1)
    return { request, rank }
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ request }) => request)
}

/** Place in the queue to speak, from 1; null when not waiting. */
export function queuePlace(meeting: Meeting, id: string): number | null {
  const index = inTurn(meeting, 'speech').findIndex((request) => request.participant === id)
  return index < 0 ? null : index + 1
}

/** What each unit has spoken so far, the most first; guests and others without a unit are left out. */
export function unitTimes(meeting: Meeting, now: number): readonly { unit: string; spoke_s: number }[] {
  const { holder, spoken } = meeting.floor
  const current = holder === null ? [] : [[holder, speechTime(meeting.floor, now)?.spoke_s ?? 0] as const]
  const times = new Map<string, number>()
  for (const [id, spoke_s] of [...Object.entries(spoken), ...current]) {
    const unit = unitOf(meeting, id)
    if (unit) times.set(unit, (times.get(unit) ?? 0) + spoke_s)
  }
  return [...times].map(([unit, spoke_s]) => ({ unit, spoke_s })).sort((a, b) => b.spoke_s - a.spoke_s)
}
