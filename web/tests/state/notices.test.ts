import { expect, test } from 'vitest'
import type { AgendaItem, MeetingEvent } from '../../src/gen/protocol'
import { noticeOf } from '../../src/state/notices'
import { vi as text } from '../../src/state/vi'
import { happened, MEETING } from '../meetings'

const told = (event: MeetingEvent, me: string, leads = false) => noticeOf(event, MEETING, { me, leads }, text)

test('whose hand goes up concerns the person, who leads, and nobody else', () => {
  const event = happened('hand_raised', { participant: 'a', asked_at: MEETING.starts_at, kind: 'speech' })
  expect(told(event, 'a')).toMatchObject({ visible: false })
  expect(told(event, 'chair', true)?.text).toContain('Trần Quốc Bảo')
  expect(told(event, 'b')).toBeNull()
})

test('being given the floor interrupts the person alone; the others read the name', () => {
  const event = happened('floor_given', { participant: 'a', kind: 'speech', limit_s: 0, previous: null })
  expect(told(event, 'a')).toMatchObject({ urgent: true })
  expect(told(event, 'b')).toMatchObject({ urgent: false, text: text.notice.hasFloor('Trần Quốc Bảo') })
})

test('who is called to question is told so', () => {
  const event = happened('floor_given', { participant: 'a', kind: 'question', limit_s: 0, previous: null })
  expect(told(event, 'a')?.text).toBe(text.notice.yourQuestion)
})

test('at the end of a speech the microphone is said to be off only where it is', () => {
  const ended = (me: string, mode: 'open' | 'chaired', muted = false) => {
    const participants = MEETING.participants.map((p) => ({ ...p, muted }))
    const before = { ...MEETING, participants, floor: { ...MEETING.floor, mode, holder: me } }
    const event = happened('floor_taken', { participant: me, spoke_s: 60 })
    return noticeOf(event, before, { me, leads: false }, text)?.text
  }
  expect(ended('a', 'chaired')).toBe(text.notice.floorOverMuted)
  expect(ended('a', 'open')).toBe(text.notice.floorOver)
  expect(ended('a', 'open', true)).toBe(text.notice.floorOverMuted)
  expect(ended('chair', 'chaired')).toBe(text.notice.floorOver)
})

test('a microphone that was taken is told to its person alone, at once', () => {
  expect(told(happened('muted', { participant: 'a' }), 'a')).toMatchObject({ urgent: true })
  expect(told(happened('muted', { participant: 'a' }), 'b')).toBeNull()
})

test('going on after a pause is not the opening', () => {
  const resumed = told(happened('state_changed', { from: 'paused', to: 'in_session' }), 'a')
  const opened = told(happened('state_changed', { from: 'check_in', to: 'in_session' }), 'a')
  expect(resumed?.text).toBe(text.notice.resumed)
  expect(opened?.text).toBe(text.notice.state.in_session)
})

test('a new time is told to all, by the clock of Vietnam', () => {
  const event = happened('rescheduled', {
    to: 'invited',
    starts_at: '2026-12-08T01:00:00Z',
    place: '',
    planned: {},
    mails: 3,
  })
  expect(told(event, 'a')).toMatchObject({ urgent: true, text: text.notice.rescheduled('08:00 08/12/2026') })
})

test('what somebody wrote is read aloud to the others, and stands in the chat anyway', () => {
  const event = happened('said', { id: 'c1', participant: 'a', name: 'Trần Quốc Bảo', text: 'Xin chào' })
  expect(told(event, 'a')).toBeNull()
  expect(told(event, 'b')).toMatchObject({ visible: false })
})

test('a late change of the agenda is told to all but who made it; one before the invitation to nobody', () => {
  const item = { ...MEETING.agenda[0], title: 'Giải lao', late_change_at: MEETING.starts_at } as AgendaItem
  const event = happened('item_changed', { item })
  expect(told({ ...event, at: MEETING.starts_at }, 'a')).toMatchObject({ visible: true })
  expect(told({ ...event, at: MEETING.starts_at }, 'chair')).toMatchObject({ visible: false })
  expect(told(happened('item_changed', { item: { ...item, late_change_at: null } }), 'a')).toBeNull()
  expect(
    told(happened('item_removed', { items: ['1'], title: 'Giải lao', numbers: {} }), 'a')?.text,
  ).toContain('Giải lao')
})
