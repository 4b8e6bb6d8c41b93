/** Answers on their way: what was put into a form, and what is sent of it. */
import type { AnswerValue, SurveyQuestion } from '../../gen/protocol'

/** By place: option or step, several of them, or words. */
export type Values = Readonly<Record<string, number | readonly number[] | string>>

export function parsed(kept: string): Values {
  try {
    return (JSON.parse(kept || '{}') ?? {}) as Values
  } catch {
    return {}
  }
}

function isEmpty(value: Values[string] | undefined): boolean {
  if (value === undefined) return true
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0
}

/** The questions that have to be answered and are not. */
export function missing(questions: readonly SurveyQuestion[], values: Values): number[] {
  return questions.filter((one) => one.is_required && isEmpty(values[one.place])).map((one) => one.place)
}

export function sent(questions: readonly SurveyQuestion[], values: Values): AnswerValue[] {
  return questions.flatMap(({ place, kind }): AnswerValue[] => {
    const value = values[place]
    if (isEmpty(value) || value === undefined) return []
    const empty: AnswerValue = { place, chosen: [], number: null, text: '' }
    if (typeof value === 'string') return kind === 'text' ? [{ ...empty, text: value }] : []
    if (typeof value === 'number') {
      return kind === 'scale' ? [{ ...empty, number: value }] : [{ ...empty, chosen: [value] }]
    }
    return [{ ...empty, chosen: [...value] }]
  })
}

/** "33,3%", or a dash of nothing. */
export function percent(part: number, whole: number, language: string): string {
  if (whole === 0) return '–'
  return new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(part / whole)
}
