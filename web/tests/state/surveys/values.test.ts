import { describe, expect, it } from 'vitest'
import type { QuestionKind, SurveyQuestion } from '../../../src/gen/protocol'
import { missing, parsed, percent, sent } from '../../../src/state/surveys/values'

const question = (place: number, kind: QuestionKind, is_required = true): SurveyQuestion => ({
  place,
  kind,
  text: '',
  options: ['a', 'b', 'c'],
  steps: kind === 'scale' ? 5 : null,
  is_required,
})
const questions = [question(1, 'single'), question(2, 'multiple'), question(3, 'scale'), question(4, 'text')]

describe('answers on their way', () => {
  it('go in the field that belongs to their kind', () => {
    expect(sent(questions, { 1: 0, 2: [2, 0], 3: 4, 4: ' Thêm lớp ' })).toEqual([
      { place: 1, chosen: [0], number: null, text: '' },
      { place: 2, chosen: [2, 0], number: null, text: '' },
      { place: 3, chosen: [], number: 4, text: '' },
      { place: 4, chosen: [], number: null, text: ' Thêm lớp ' },
    ])
  })

  it('leave out what was not answered', () => {
    expect(sent(questions, { 2: [], 4: '  ' })).toEqual([])
  })

  it('are missing where a question has to be answered; the first option is an answer', () => {
    expect(missing(questions, { 1: 0, 2: [], 4: ' ' })).toEqual([2, 3, 4])
    expect(missing([question(1, 'text', false)], {})).toEqual([])
  })

  it('survive what a browser kept of another time', () => {
    expect(parsed('')).toEqual({})
    expect(parsed('{"1":')).toEqual({})
    expect(parsed('null')).toEqual({})
    expect(parsed('{"1":2}')).toEqual({ 1: 2 })
  })
})

describe('a share', () => {
  it('has one decimal, and nothing has none', () => {
    expect(percent(1, 3, 'vi')).toBe('33,3%')
    expect(percent(0, 0, 'vi')).toBe('–')
  })
})
