import { expect, test } from 'vitest'
import { remedy } from '../../src/protocol/recovery'

test('an interrupted connection is restarted once, soon, and made anew after eight seconds', () => {
  expect(remedy('disconnected', 249, false)).toBe('wait')
  expect(remedy('disconnected', 250, false)).toBe('restart')
  expect(remedy('disconnected', 4_000, true)).toBe('wait')
  expect(remedy('disconnected', 8_000, true)).toBe('renew')
})

test('a failed one is made anew at once, one that never came up after eight seconds', () => {
  expect(remedy('failed', 0, false)).toBe('renew')
  expect(remedy('connecting', 7_999, false)).toBe('wait')
  expect(remedy('connecting', 8_000, false)).toBe('renew')
  expect(remedy('connected', 60_000, true)).toBe('wait')
})
