import { expect, test } from 'vitest'
import type { Conclusion, Task } from '../../src/gen/protocol'
import { conclusionsOn, standing } from '../../src/state/conclusions'
import { apply } from '../../src/state/meeting'
import { AT, happened, MEETING } from '../meetings'

const TASK: Task = {
  id: 't',
  text: 'Báo cáo',
  unit: '',
  participant: 'a',
  due_on: '2026-12-15',
  progress: 0,
  done_at: null,
}
const WRITTEN: Conclusion = {
  id: 'c',
  item: '1',
  text: 'Nhất trí',
  tasks: [TASK],
  revision: 1,
  written_by: 'chair',
  written_at: AT,
}

test('conclusions are written, written anew, reported on and taken back', () => {
  let now = apply(MEETING, happened('conclusion_written', { conclusion: WRITTEN }))
  now = apply(
    now,
    happened('conclusion_written', { conclusion: { ...WRITTEN, text: 'Thống nhất', revision: 2 } }),
  )
  expect(conclusionsOn(now, '1').map((one) => one.text)).toEqual(['Thống nhất'])
  expect(conclusionsOn(now, '2')).toEqual([])
  now = apply(now, happened('progress_set', { task: 't', progress: 100, done_at: AT }))
  expect(now.conclusions[0]?.tasks[0]).toMatchObject({ progress: 100, done_at: AT })
  now = apply(now, happened('conclusion_removed', { conclusion: 'c' }))
  expect(now.conclusions).toEqual([])
})

test('a task is late from the day after its last, as days are in Vietnam', () => {
  const at = (iso: string) => standing(TASK, Date.parse(iso))
  expect(at('2026-12-05T12:00:00Z')).toBe('open')
  expect(at('2026-12-12T12:00:00Z')).toBe('due_soon')
  expect(at('2026-12-15T16:59:00Z')).toBe('due_soon')
  expect(at('2026-12-15T17:00:00Z')).toBe('overdue')
  expect(standing({ ...TASK, progress: 100 }, Date.parse('2027-01-01T00:00:00Z'))).toBe('done')
  expect(standing({ ...TASK, due_on: null }, Date.parse('2027-01-01T00:00:00Z'))).toBe('open')
})
