import { expect, test } from 'vitest'
import { unread } from '../../src/state/unread'
import { AT } from '../meetings'

const lines = (...ids: number[]) =>
  ids.map((id) => ({ id: `c${id}`, participant: 'a', name: 'A', text: '', at: AT }))

test('what came after the last line read is unread', () => {
  expect(unread(lines(1, 2, 3), 'c1')).toBe(2)
  expect(unread(lines(1, 2, 3), 'c3')).toBe(0)
  expect(unread(lines(1, 2), null)).toBe(2)
  expect(unread([], null)).toBe(0)
})

test('a full chat goes on counting, and a last line long gone leaves all unread', () => {
  expect(unread(lines(2, 3, 4), 'c3')).toBe(1)
  expect(unread(lines(7, 8, 9), 'c3')).toBe(3)
})
