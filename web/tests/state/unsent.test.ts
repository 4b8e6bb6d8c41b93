import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Change, type Sent, Unsent } from '../../src/state/unsent'

const kept = new Map<string, string>()
const shelf = () => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
})
let sent: Change[] = []
let answer: Sent = 'done'
const make = () =>
  new Unsent('d1', shelf, async (change) => {
    sent.push(change)
    return answer
  })

beforeEach(() => {
  vi.useFakeTimers()
  kept.clear()
  sent = []
  answer = 'done'
})
afterEach(() => vi.useRealTimers())

test('only the last change to an address is sent', async () => {
  const unsent = make()
  unsent.put({ path: '/a', body: 1 }, 800)
  unsent.put({ path: '/b', body: 1 }, 800)
  unsent.put({ path: '/a', body: 2 }, 800)
  await vi.advanceTimersByTimeAsync(800)
  expect(sent).toEqual([
    { path: '/b', body: 1 },
    { path: '/a', body: 2 },
  ])
  expect(unsent.waiting.value.size).toBe(0)
  expect(kept.size).toBe(0)
})

test('without a line it waits, also across a reload, and goes out when the line is back', async () => {
  answer = 'later'
  make().put({ path: '/a', body: null })
  await vi.advanceTimersByTimeAsync(0)
  vi.clearAllTimers()
  const again = make()
  expect([...again.waiting.value.keys()]).toEqual(['/a'])
  await vi.advanceTimersByTimeAsync(0)
  answer = 'done'
  await vi.advanceTimersByTimeAsync(3_000)
  expect(sent).toHaveLength(3)
  expect(again.waiting.value.size).toBe(0)
})

const FULL = { code: 'ink_full', message: 'Đồng chí đã vẽ quá nhiều nét.' }

test('what is refused does not stop what comes behind it, and is neither lost nor sent on its own', async () => {
  answer = FULL
  const unsent = make()
  unsent.put({ path: '/a', body: 1 })
  unsent.put({ path: '/b', body: 1 })
  await vi.advanceTimersByTimeAsync(0)
  expect(sent).toHaveLength(2)
  expect(unsent.waiting.value.size).toBe(0)
  const again = make()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sent).toHaveLength(2)
  expect([...again.refused.value.values()]).toEqual([
    { path: '/a', body: 1, problem: FULL },
    { path: '/b', body: 1, problem: FULL },
  ])
})

test('what was refused is sent once more, written anew or taken back', async () => {
  answer = FULL
  const unsent = make()
  for (const path of ['/1/a', '/1/b', '/2/a']) unsent.put({ path, body: 1 })
  await vi.advanceTimersByTimeAsync(0)
  answer = 'done'
  unsent.put({ path: '/1/a', body: 2 })
  unsent.drop('/1/b')
  expect([...unsent.refused.value.keys()]).toEqual(['/2/a'])
  unsent.again('/2/')
  await vi.advanceTimersByTimeAsync(0)
  expect(sent.slice(3)).toEqual([
    { path: '/1/a', body: 2 },
    { path: '/2/a', body: 1 },
  ])
  expect([unsent.waiting.value.size, unsent.refused.value.size, kept.size]).toEqual([0, 0, 0])
})
