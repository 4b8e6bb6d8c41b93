import { expect, test } from 'vitest'
import { deviceOf } from '../../src/state/device'

test('a device keeps the name that it once took', () => {
  const kept = new Map<string, string>()
  const keeper = () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  expect(deviceOf(keeper, () => 'a')).toBe('a')
  expect(deviceOf(keeper, () => 'b')).toBe('a')
})

test('where storage is forbidden it has one for the page', () => {
  const refused = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  expect(deviceOf(refused, () => 'a')).toBe('a')
})
