import { expect, test } from 'vitest'
import { remembered } from '../../src/state/memory'

test('a choice is kept for the next page, and only once it was made', () => {
  const kept = new Map<string, string>()
  const keeper = () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  const first = remembered(keeper, 'saving', 'all')
  expect(kept.size).toBe(0)
  first.value = 'voices'
  expect(remembered(keeper, 'saving', 'all').value).toBe('voices')
})

test('where storage is forbidden the choice holds for the page', () => {
  const choice = remembered(
    () => {
      throw new DOMException('denied', 'SecurityError')
    },
    'theme',
    'system',
  )
  choice.value = 'dark'
  expect(choice.value).toBe('dark')
})
