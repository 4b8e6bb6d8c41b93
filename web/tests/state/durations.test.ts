import { expect, test } from 'vitest'
import type { AgendaItem } from '../../src/gen/protocol'
import { digits, elapsed, pace, remaining } from '../../src/state/durations'
import { AT, MEETING } from '../meetings'

test('spans are digits, with hours only when there are some', () => {
  expect([0, 59.9, 252, 3723, -4].map(digits)).toEqual(['00:00', '00:59', '04:12', '1:02:03', '00:00'])
})

test('what is left of an item counts earlier openings and goes below nothing', () => {
  const item = { ...MEETING.agenda[0], state: 'current', opened_at: AT, spent_s: 100 } as AgendaItem
  const at = (seconds: number) => Date.parse(AT) + seconds * 1000
  expect(remaining(item, at(200))).toBe(300)
  expect(remaining(item, at(510))).toBe(-10)
  expect(remaining({ ...item, budget_s: 0 }, at(0))).toBeNull()
  expect(elapsed(AT, at(-5))).toBe(0)
})

test('the last fifth of a budget is soon, and past it over', () => {
  const item = { ...MEETING.agenda[0], state: 'current', opened_at: AT, spent_s: 0 } as AgendaItem
  const at = (seconds: number) => Date.parse(AT) + seconds * 1000
  expect([479, 480, 600, 601].map((seconds) => pace(item, at(seconds)))).toEqual([
    'well',
    'soon',
    'soon',
    'over',
  ])
  expect(pace({ ...item, budget_s: 0 }, at(9))).toBeNull()
  expect(pace({ ...item, state: 'done' }, at(9))).toBeNull()
})
