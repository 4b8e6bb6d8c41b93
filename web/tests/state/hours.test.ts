import { expect, test } from 'vitest'
import { atHour, hourOf } from '../../src/state/hours'

test('an hour is that of Vietnam, also where its day is another than in UTC', () => {
  expect(hourOf('2026-11-22T01:30:00Z')).toBe('08:30')
  expect(hourOf('2026-11-21T18:05:00Z')).toBe('01:05')
  expect(atHour('2026-11-21T18:05:00Z', '08:30')).toBe('2026-11-22T01:30:00.000Z')
})
