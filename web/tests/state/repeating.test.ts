import { expect, test } from 'vitest'
import { MOST, series } from '../../src/state/repeating/series'

const days = (...given: Parameters<typeof series>) => series(...given).map((one) => one.slice(0, 10))

test('one day, or every week at the same hour', () => {
  expect(series('2026-12-21T08:30', 'once', 5)).toEqual(['2026-12-21T08:30'])
  expect(series('2026-12-21T08:30', 'weekly', 3)).toEqual([
    '2026-12-21T08:30',
    '2026-12-28T08:30',
    '2027-01-04T08:30',
  ])
})

test('the same day of each month, the last where it has no such day', () => {
  expect(days('2027-01-31T08:00', 'monthly_day', 4)).toEqual([
    '2027-01-31',
    '2027-02-28',
    '2027-03-31',
    '2027-04-30',
  ])
})

test('the same weekday of each month, the last where it has no fifth', () => {
  // The first Monday.
  expect(days('2026-12-07T08:00', 'monthly_weekday', 3)).toEqual(['2026-12-07', '2027-01-04', '2027-02-01'])
  // The fifth Wednesday.
  expect(days('2026-12-30T08:00', 'monthly_weekday', 4)).toEqual([
    '2026-12-30',
    '2027-01-27',
    '2027-02-24',
    '2027-03-31',
  ])
})

test('at most two years of months, and nothing without a day', () => {
  expect(series('2026-12-07T08:00', 'weekly', 100)).toHaveLength(MOST)
  expect(series('', 'weekly', 3)).toEqual([])
})
