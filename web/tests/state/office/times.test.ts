import { expect, it } from 'vitest'
import { dayAndTime, fieldOf, momentOf } from '../../../src/state/office/times'

it('reads what is filled in by the clock of Vietnam', () => {
  expect(momentOf('2026-12-01T08:00')).toBe('2026-12-01T01:00:00.000Z')
  expect(momentOf('')).toBeNull()
  expect(momentOf('mai')).toBeNull()
})

it('fills a field with what it reads from it', () => {
  expect(fieldOf('2026-12-01T18:30:00.000000Z')).toBe('2026-12-02T01:30')
  expect(momentOf(fieldOf('2026-12-01T01:00:00.000000Z'))).toBe('2026-12-01T01:00:00.000Z')
})

it('shows moments by the clock of Vietnam', () => {
  const shown = dayAndTime('2026-12-01T18:30:00.000000Z', 'vi')
  expect(shown).toContain('01:30')
  expect(shown).toContain('02/12/2026')
})
