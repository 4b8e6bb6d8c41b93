import { expect, test } from 'vitest'
import type { Meeting, SpeechRequest } from '../../src/gen/protocol'
import { emptyFloor, inTurn, queuePlace, speechTime, unitTimes } from '../../src/state/floor'
import { apply } from '../../src/state/meeting'
import { AT, happened, MEETING, participant } from '../meetings'

const at = (seconds: number) => Date.parse(AT) + seconds * 1000

function asks(id: string, kind: SpeechRequest['kind'] = 'speech'): SpeechRequest {
  return { participant: id, asked_at: AT, kind }
}

const UNITS: Record<string, string> = { a: 'Xã A', b: 'Xã A', c: 'Xã B', d: '', e: '' }
function waiting(turn_order: Meeting['floor']['rules']['turn_order'], spoken = {}): Meeting {
  return {
    ...MEETING,
    participants: Object.entries(UNITS).map(([id, unit]) => ({ ...participant(id), unit })),
    floor: {
      ...emptyFloor,
      queue: [asks('a'), asks('b'), asks('b', 'question'), asks('c'), asks('d'), asks('e')],
      rules: { ...emptyFloor.rules, turn_order },
      spoken,
    },
  }
}
const order = (meeting: Meeting) => inTurn(meeting, 'speech').map((request) => request.participant)

test('three rules of order, each as registered among equals', () => {
  expect(order(waiting('asked'))).toEqual(['a', 'b', 'c', 'd', 'e'])
  // Who has no unit stands for themselves.
  expect(order(waiting('unit'))).toEqual(['a', 'c', 'd', 'e', 'b'])
  expect(order(waiting('spoken', { a: 30, c: 10, e: 10 }))).toEqual(['b', 'd', 'c', 'e', 'a'])
  expect(queuePlace(waiting('unit'), 'b')).toBe(5)
  expect(inTurn(waiting('unit'), 'question')).toEqual([asks('b', 'question')])
})

const given = (id: string, previous: string | null = null) =>
  happened('floor_given', {
    participant: id,
    kind: 'speech',
    limit_s: 0,
    previous: previous === null ? null : { participant: previous, spoke_s: 30 },
  })

test('no unit speaks twice while another waits for its first turn', () => {
  let now = apply(waiting('unit'), given('a'))
  expect(order(now)).toEqual(['c', 'd', 'e', 'b'])
  now = apply(now, given('d', 'a'))
  expect(order(now)).toEqual(['c', 'e', 'b'])
  now = apply(now, happened('participant_removed', { participant: 'a' }))
  expect(order(now)).toEqual(['c', 'e', 'b'])
})

test('the time of a unit does not shrink when somebody is removed', () => {
  const spoke = { participant: 'a', spoke_s: 30 }
  const now = [given('a'), happened('participant_removed', { participant: 'a', previous: spoke })].reduce(
    apply,
    waiting('unit'),
  )
  expect(now.floor.gone).toEqual({ a: 'Xã A' })
  expect(unitTimes(now, at(0))).toEqual([{ unit: 'Xã A', spoke_s: 30 }])
})

test('being called leaves the one queue, and the other as it was', () => {
  const given = { participant: 'b', kind: 'question', limit_s: 60, previous: null } as const
  const after = apply(waiting('asked'), happened('floor_given', given))
  expect(after.floor).toMatchObject({ holder: 'b', kind: 'question', limit_s: 60 })
  expect(inTurn(after, 'question')).toEqual([])
  expect(queuePlace(after, 'b')).toBe(2)
})

test('speeches that end are added up, by person and by unit', () => {
  let now = apply(
    waiting('asked'),
    happened('floor_given', { participant: 'a', kind: 'speech', limit_s: 0, previous: null }),
  )
  now = apply(
    now,
    happened('floor_given', {
      participant: 'b',
      kind: 'speech',
      limit_s: 0,
      previous: { participant: 'a', spoke_s: 30 },
    }),
  )
  expect(unitTimes(now, at(12))).toEqual([{ unit: 'Xã A', spoke_s: 42 }])
  now = apply(now, happened('floor_taken', { participant: 'b', spoke_s: 12 }))
  expect(now.floor).toMatchObject({ holder: null, since: null, spoken: { a: 30, b: 12 } })
  expect(speechTime(now.floor, at(20))).toBeNull()
})

test('a pause stops the clock, more time moves the end', () => {
  let now = apply(
    MEETING,
    happened('floor_given', { participant: 'a', kind: 'speech', limit_s: 100, previous: null }),
  )
  expect(speechTime(now.floor, at(79))).toEqual({ spoke_s: 79, left_s: 21, pace: 'well', isPaused: false })
  expect(speechTime(now.floor, at(80))?.pace).toBe('soon')
  expect(speechTime(now.floor, at(101))?.pace).toBe('over')
  now = apply(now, happened('speech_paused', { participant: 'a' }, new Date(at(50)).toISOString()))
  expect(speechTime(now.floor, at(500))).toMatchObject({ spoke_s: 50, isPaused: true })
  now = apply(now, happened('speech_resumed', { participant: 'a', paused_s: 450 }))
  now = apply(now, happened('speech_extended', { participant: 'a', limit_s: 160 }))
  expect(speechTime(now.floor, at(510))).toEqual({ spoke_s: 60, left_s: 100, pace: 'well', isPaused: false })
})
