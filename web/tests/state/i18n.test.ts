import { afterEach, expect, test } from 'vitest'
import { en } from '../../src/state/en'
import { language, speak, text } from '../../src/state/i18n'
import { vi } from '../../src/state/vi'

afterEach(() => speak('vi'))

type Tree = string | readonly unknown[] | ((...given: never[]) => string) | { [key: string]: Tree }

function leaves(tree: Tree, path = ''): string[] {
  if (typeof tree !== 'object' || Array.isArray(tree)) return [path]
  return Object.entries(tree).flatMap(([key, value]) => leaves(value as Tree, `${path}.${key}`))
}

test('both languages have the same texts', () => {
  expect(leaves(en as Tree)).toEqual(leaves(vi as Tree))
})

test('Vietnamese is there at once and English when asked for', async () => {
  expect(text.value.bar.raise).toBe('Giơ tay')
  await speak('en')
  expect(text.value.bar.raise).toBe('Raise hand')
  expect(language.value).toBe('en')
})

test('texts are composed letters, as people and searches type them', () => {
  const all = JSON.stringify(vi)
  expect(all).toBe(all.normalize('NFC'))
})

test('one spelling and one register of advice', () => {
  expect(JSON.stringify(vi)).not.toMatch(/\bmic\b|đề nghị|vui lòng|xin (thử|đợi|liên hệ|ghi)/i)
})
