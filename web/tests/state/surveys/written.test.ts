import { describe, expect, it } from 'vitest'
import type { Survey } from '../../../src/gen/protocol'
import { vi } from '../../../src/state/surveys/vi'
import {
  type Draft,
  faultsOf,
  fresh,
  questionsOf,
  readDraft,
  type Written,
  writtenOf,
} from '../../../src/state/surveys/written'

const NOW = Date.parse('2026-12-01T00:00:00Z')
const { fault } = vi.write
const one = (other: Partial<Written> = {}): Written => ({
  ...(fresh('').questions[0] as Written),
  text: 'Ở đâu?',
  options: 'Xã\nTỉnh',
  ...other,
})
const draft = (...questions: Written[]): Draft => ({ ...fresh('u1'), title: 'Khảo sát', questions })

describe('a survey while it is written', () => {
  it('becomes questions in their order', () => {
    const scale = one({ kind: 'scale', steps: '3', least: 'Kém' })
    expect(questionsOf(draft(one({ options: ' Xã \n\nTỉnh' }), scale, one({ kind: 'text' })))).toEqual([
      { place: 1, kind: 'single', text: 'Ở đâu?', options: ['Xã', 'Tỉnh'], steps: null, is_required: true },
      { place: 2, kind: 'scale', text: 'Ở đâu?', options: ['Kém', ''], steps: 3, is_required: true },
      { place: 3, kind: 'text', text: 'Ở đâu?', options: [], steps: null, is_required: true },
    ])
  })

  it('is the same again after it was saved', () => {
    const before = draft(one(), one({ kind: 'scale', options: '', least: 'Kém', most: 'Tốt' }))
    const saved = {
      title: before.title,
      lead: '',
      unit: 'u1',
      is_anonymous: true,
      closes_at: '2026-12-05T10:00:00.000000Z',
      questions: questionsOf(before),
    } as unknown as Survey
    expect(writtenOf(saved)).toEqual({ ...before, closes: '2026-12-05T17:00' })
  })

  it('says what is wrong with each field', () => {
    expect(faultsOf(draft(one()), fault, NOW)).toEqual({})
    expect(faultsOf({ ...draft(), title: ' ', unit: '', closes: '2026-11-30T08:00' }, fault, NOW)).toEqual({
      title: fault.title,
      unit: fault.unit,
      closes: fault.closes,
    })
    const wrong = [
      one({ text: ' ' }),
      one({ options: 'Xã' }),
      one({ options: 'Xã\nXã' }),
      one({ kind: 'scale', steps: '11' }),
      one({ kind: 'scale', steps: '2.5' }),
    ]
    expect(Object.values(faultsOf(draft(...wrong), fault, NOW))).toEqual([
      fault.text,
      fault.options,
      fault.options,
      fault.steps,
      fault.steps,
    ])
  })

  it('survives what a browser kept of another time', () => {
    expect(readDraft('nothing', 'u1')).toEqual(fresh('u1'))
    expect(readDraft('{"title":"Có"}', 'u1')).toEqual({ ...fresh('u1'), title: 'Có' })
  })
})
