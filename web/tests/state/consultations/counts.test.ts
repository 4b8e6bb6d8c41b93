import { describe, expect, it } from 'vitest'
import type { ConsultedUnit, Opinion, OpinionChoice } from '../../../src/gen/protocol'
import { countsOf } from '../../../src/state/consultations/counts'

const unit = (...choices: OpinionChoice[]): ConsultedUnit => ({
  id: 'u',
  name: 'Xã An',
  email: '',
  waiver: null,
  opinions: choices.map((choice) => ({ choice }) as Opinion),
})

describe('what units said', () => {
  it('counts each unit once, by its last answer', () => {
    const counts = countsOf([unit('disagree', 'agree'), unit('other'), unit(), unit('agree')])
    expect(counts).toEqual({ agree: 2, disagree: 0, other: 1, silent: 1 })
  })
})
