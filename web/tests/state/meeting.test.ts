import { describe, expect, test } from 'vitest'
import type { AgendaItem, MeetingEvent } from '../../src/gen/protocol'
import { queuePlace } from '../../src/state/floor'
import { apply, attendants, currentItem, personOf } from '../../src/state/meeting'
import { AT, happened, MEETING, participant } from '../meetings'

const meetingAfter = (...events: MeetingEvent[]) => events.reduce(apply, MEETING)
const raised = (id: string) => happened('hand_raised', { participant: id, asked_at: AT, kind: 'speech' })

describe('the floor', () => {
  test('hands queue in the order of the events, each person once', () => {
    const meeting = meetingAfter(raised('a'), raised('b'), raised('a'))
    expect(queuePlace(meeting, 'b')).toBe(1)
    expect(queuePlace(meeting, 'a')).toBe(2)
    expect(meeting.floor.queue).toHaveLength(2)
  })

  test('given to somebody, it ends their waiting and lifts their muting', () => {
    const meeting = meetingAfter(
      raised('a'),
      happened('muted', { participant: 'a' }),
      happened('floor_given', { participant: 'a', kind: 'speech', limit_s: 0, previous: null }),
    )
    expect(meeting.floor).toMatchObject({ holder: 'a', since: AT, queue: [] })
    expect(personOf(meeting, 'a')?.muted).toBe(false)
  })

  test('muting all makes the meeting chaired and takes the floor', () => {
    const meeting = meetingAfter(
      happened('floor_mode_changed', { mode: 'open' }),
      happened('floor_given', { participant: 'a', kind: 'speech', limit_s: 0, previous: null }),
      happened('all_muted', { previous: { participant: 'a', spoke_s: 3 } }),
    )
    expect(meeting.floor).toMatchObject({ mode: 'chaired', holder: null, since: null })
  })

  test('changing the mode ends no speech', () => {
    const meeting = meetingAfter(
      happened('floor_given', { participant: 'a', kind: 'speech', limit_s: 0, previous: null }),
      happened('floor_mode_changed', { mode: 'open' }),
      happened('floor_mode_changed', { mode: 'chaired' }),
    )
    expect(meeting.floor.holder).toBe('a')
  })
})

describe('another time', () => {
  const [first] = MEETING.agenda
  const moved = (mails: number | null) =>
    meetingAfter(
      happened('item_changed', { item: { ...(first as AgendaItem), planned_at: AT } }),
      happened('invitation_answered', { participant: 'a', answer: 'accepted' }),
      happened('rescheduled', {
        to: 'invited',
        starts_at: '2026-12-08T01:00:00Z',
        place: 'Hội trường lớn',
        planned: { 1: '2026-12-08T01:30:00Z' },
        mails,
      }),
    )

  test('moves the plan along, and everybody is asked again', () => {
    const meeting = moved(2)
    expect(meeting).toMatchObject({ state: 'invited', place: 'Hội trường lớn' })
    expect(meeting.agenda.map((item) => item.planned_at)).toEqual(['2026-12-08T01:30:00Z', null])
    expect(personOf(meeting, 'a')?.answer).toBe('pending')
  })

  test('leaves answers alone before the letters are out', () => {
    expect(personOf(moved(null), 'a')?.answer).toBe('accepted')
  })

  test('has everybody asked again when a postponed meeting begins as a draft', () => {
    const meeting = meetingAfter(
      happened('invitation_answered', { participant: 'a', answer: 'accepted' }),
      happened('state_changed', { from: 'invited', to: 'postponed' }),
      happened('state_changed', { from: 'postponed', to: 'draft' }),
    )
    expect([meeting.state, personOf(meeting, 'a')?.answer]).toEqual(['draft', 'pending'])
  })
})

describe('people', () => {
  test('who is removed leaves the queue, the floor and the stage', () => {
    const meeting = meetingAfter(
      raised('b'),
      happened('floor_given', { participant: 'a', kind: 'speech', limit_s: 0, previous: null }),
      happened('stage_pinned', { participant: 'a' }),
      happened('participant_removed', { participant: 'a' }),
      happened('participant_removed', { participant: 'b' }),
    )
    expect(meeting.floor).toMatchObject({ holder: null, queue: [] })
    expect(meeting.stage).toBeNull()
    expect(meeting.participants.map((p) => p.id)).toEqual(['chair', 'wall'])
  })

  test('nothing is shown or pinned once the meeting is postponed', () => {
    const shown = { document: 'd', version: 'v', page: 2, participant: 'a', audience: 'everybody' } as const
    const meeting = meetingAfter(
      happened('page_shown', { shown }),
      happened('stage_pinned', { participant: 'a' }),
      happened('state_changed', { from: 'in_session', to: 'postponed' }),
    )
    expect([meeting.shown, meeting.stage]).toEqual([null, null])
  })

  test('who is admitted appears, and only once', () => {
    const guest = happened('participant_added', { participant: participant('g', 'guest') })
    expect(meetingAfter(guest, guest).participants.filter((p) => p.id === 'g')).toHaveLength(1)
  })

  test('attendance follows check-in and leaving; screens are not counted', () => {
    const meeting = meetingAfter(
      happened('checked_in', { participant: 'a', how: 'remote', site: null }),
      happened('checked_in', { participant: 'b', how: 'remote', site: null }),
    )
    expect(attendants(meeting).filter((p) => p.present)).toHaveLength(2)
    expect(attendants(meeting)).toHaveLength(3)
    expect(personOf(apply(meeting, happened('left', { participant: 'a' })), 'a')?.present).toBe(false)
  })
})

test('opening an item finishes the one before with the time it took', () => {
  const meeting = meetingAfter(
    happened('item_opened', { item: '1', previous: null }),
    happened('item_opened', { item: '2', previous: { item: '1', spent_s: 42 } }),
  )
  expect(currentItem(meeting)).toMatchObject({ id: '2', opened_at: AT })
  expect(meeting.agenda[0]).toMatchObject({ state: 'done', spent_s: 42, opened_at: null })
  expect(currentItem(apply(meeting, happened('item_closed', { item: '2', spent_s: 7 })))).toBeNull()
})

test('an item that is added stands where it is read', () => {
  const item = (number: string) => ({ ...(MEETING.agenda[0] as AgendaItem), id: `i${number}`, number })
  const added = (number: string) => happened('item_added', { item: item(number) })
  const { agenda } = meetingAfter(added('10'), added('1.10'), added('1.2'), added('3'), added('3'))
  expect(agenda.map(({ number }) => number)).toEqual(['1', '1.2', '1.10', '2', '3', '10'])
})

test('the chat keeps its last 200 lines', () => {
  const lines = Array.from({ length: 205 }, (_, i) =>
    happened('said', { id: `c${i}`, participant: 'a', name: 'A', text: `${i}` }),
  )
  const { chat } = meetingAfter(...lines)
  expect(chat).toHaveLength(200)
  expect(chat.at(-1)).toMatchObject({ text: '204', at: AT })
})

test('an event this page does not know changes nothing', () => {
  expect(apply(MEETING, { ...raised('a'), name: 'minutes_signed' })).toBe(MEETING)
})
