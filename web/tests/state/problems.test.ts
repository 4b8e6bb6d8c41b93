import { expect, test } from 'vitest'
import { adviceOf } from '../../src/state/problems'
import { vi } from '../../src/state/vi'

test('the service tells in its own words what happened and what to do', () => {
  const message = 'Liên kết không đúng. Hãy mở lại. Nếu không được, hãy hỏi.'
  expect(adviceOf({ code: 'bad_link', message }, vi)).toEqual({
    what: 'Liên kết không đúng.',
    todo: 'Hãy mở lại. Nếu không được, hãy hỏi.',
  })
  expect(adviceOf({ code: 'x', message: 'Một câu.' }, vi).todo).toBe(vi.enter.otherProblem.todo)
})

test.each(['unreachable', 'nowhere', 'http_502', 'unknown'])(
  '%s, without an answer, is told all the same',
  (code) => {
    const { what, todo } = adviceOf({ code, message: '' }, vi)
    expect([what, todo]).not.toContain('')
    expect(what).not.toBe(code)
  },
)
