/** A small meeting for tests, and events that happen in it. */
import type { Meeting, MeetingEvent, Participant, Role, Vote, VoteResult } from '../src/gen/protocol'
import { emptyFloor } from '../src/state/floor'
import type { EventData } from '../src/state/meeting'

export const AT = '2026-11-22T02:00:00Z'

export function participant(id: string, role: Role = 'delegate', name = id): Participant {
  return {
    id,
    name,
    title: '',
    unit: '',
    role,
    muted: false,
    present: false,
    answer: 'pending',
    how: null,
    site: null,
  }
}

export const MEETING: Meeting = {
  id: 'm',
  title: 'Hội nghị',
  unit: 'Tỉnh',
  body: null,
  state: 'in_session',
  starts_at: AT,
  kind: 'conference',
  place: '',
  floor: emptyFloor,
  stage: null,
  agenda: ['1', '2'].map((id) => ({
    id,
    parent: null,
    number: id,
    title: `Mục ${id}`,
    presenters: [],
    planned_at: null,
    budget_s: 600,
    state: 'pending',
    opened_at: null,
    spent_s: 0,
    revision: 1,
    changed_by: null,
    late_change_at: null,
  })),
  sites: [],
  wall: 'auto',
  conclusions: [],
  vote: null,
  documents: [],
  shown: null,
  shown_to_others: false,
  participants: [
    participant('chair', 'chair', 'Phạm Thu Hà'),
    participant('a', 'delegate', 'Trần Quốc Bảo'),
    participant('b', 'delegate', 'Lò Thị An'),
    participant('wall', 'big_screen'),
  ],
  chat: [],
}

/** Two of three must be for it; nobody has voted. */
export const VOTE: Vote = {
  id: 'v',
  kind: 'open',
  item: null,
  question: 'Thông qua',
  options: ['for', 'against', 'other'],
  rule: 'more_than_half',
  base: 'present',
  base_count: 3,
  needed: 2,
  quorum: 'more_than_half',
  quorum_needed: 2,
  convened: 3,
  members: null,
  roster: ['chair', 'a', 'b'],
  voted: [],
  cast: 0,
  candidates: [],
  seats: null,
  least: null,
  tellers: [],
  counted: [],
  tallies: {},
  repeats: null,
  round: 1,
  state: 'open',
  opened_at: AT,
  due_at: null,
  published_at: null,
  result: null,
}

/** Nobody has voted, and nothing is decided. */
export const RESULT: VoteResult = {
  counts: { for: 0, against: 0, other: 0 },
  passed: false,
  base_count: 3,
  needed: 2,
  returned: 0,
  valid: 0,
  ballots: {},
  opinions: {},
  codes: [],
  elected: [],
  tied: [],
}

let last = 0

/** Number of the last event that happened. */
export function lastSeq(): number {
  return last
}

export function happened<N extends keyof EventData>(name: N, data: EventData[N], at = AT): MeetingEvent {
  last += 1
  return {
    type: 'event',
    seq: last,
    name,
    actor: 'chair',
    at,
    data: data as unknown as Record<string, unknown>,
  }
}
