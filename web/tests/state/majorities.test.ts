import { expect, test } from 'vitest'
import { isEnough } from '../../src/state/majorities'

test.each([
  ['more_than_half', 'more_than_half', true],
  ['two_thirds', 'more_than_half', true],
  ['more_than_half', 'two_thirds', false],
  ['plurality', 'more_than_half', false],
  ['all_members', 'present', true],
  ['convened', 'all_members', false],
  ['returned', 'present', false],
] as const)('%s where the body asks for %s', (one, own, is) => {
  expect(isEnough(one, own)).toBe(is)
})

test('where no body meets every majority is enough', () => {
  expect(isEnough('plurality', undefined)).toBe(true)
})
