import { beforeEach, expect, test, vi } from 'vitest'
import { fetched } from '../../src/protocol/code'

const lost = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
const kept = new Map<string, string>()
const reload = vi.fn()
let answers: () => Promise<{ ok: boolean }>

beforeEach(() => {
  kept.clear()
  reload.mockClear()
  answers = async () => ({ ok: true })
  vi.stubGlobal('location', { reload })
  vi.stubGlobal('fetch', () => answers())
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  })
  return () => vi.unstubAllGlobals()
})

test('what comes is given as it is', async () => {
  expect(await fetched(async () => 'code')).toBe('code')
  expect(reload).not.toHaveBeenCalled()
})

test('without a line the page stays, and says that nobody was reached', async () => {
  answers = () => Promise.reject(new TypeError('Failed to fetch'))
  await expect(fetched(lost)).rejects.toMatchObject({ problem: { code: 'unreachable' } })
  expect(reload).not.toHaveBeenCalled()
})

test('where the service answers and the file does not come the page is loaded anew, once in a while', async () => {
  await expect(fetched(lost)).rejects.toThrow()
  await expect(fetched(lost)).rejects.toThrow()
  expect(reload).toHaveBeenCalledTimes(1)
})

test('a browser that keeps nothing does not load the page anew without end', async () => {
  vi.stubGlobal('sessionStorage', {
    getItem: () => {
      throw new DOMException('denied', 'SecurityError')
    },
  })
  await expect(fetched(lost)).rejects.toThrow()
  expect(reload).not.toHaveBeenCalled()
})
