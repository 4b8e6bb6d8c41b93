/** A survey while it is written: fields as they are typed, and the questions that come of them. */
import type { QuestionKind, Survey, SurveyQuestion } from '../../gen/protocol'
import { momentOf } from '../office/times'

export interface Written {
  kind: QuestionKind
  text: string
  /** One a line. */
  options: string
  steps: string
  least: string
  most: string
  isRequired: boolean
}

export interface Draft {
  title: string
  lead: string
  unit: string
  isAnonymous: boolean
  closes: string
  questions: readonly Written[]
}

const BLANK: Written = {
  kind: 'single',
  text: '',
  options: '',
  steps: '5',
  least: '',
  most: '',
  isRequired: true,
}
const [LEAST_OPTIONS, MOST_OPTIONS, LEAST_STEPS, MOST_STEPS] = [2, 30, 2, 10]

export function fresh(unit: string): Draft {
  return { title: '', lead: '', unit, isAnonymous: true, closes: '', questions: [BLANK] }
}

export function readDraft(kept: string, unit: string): Draft {
  try {
    return { ...fresh(unit), ...(JSON.parse(kept) as Partial<Draft>) }
  } catch {
    return fresh(unit)
  }
}

export function writtenOf(survey: Survey): Draft {
  return {
    title: survey.title,
    lead: survey.lead,
    unit: survey.unit,
    isAnonymous: survey.is_anonymous,
    closes: survey.closes_at === null ? '' : localOf(survey.closes_at),
    questions: survey.questions.map((one) => ({
      kind: one.kind,
      text: one.text,
      options: one.kind === 'scale' ? '' : (one.options ?? []).join('\n'),
      steps: String(one.steps ?? 5),
      least: one.kind === 'scale' ? (one.options?.[0] ?? '') : '',
      most: one.kind === 'scale' ? (one.options?.[1] ?? '') : '',
      isRequired: one.is_required ?? false,
    })),
  }
}

/** What the field for day and time shows of a moment, by the clock of Vietnam. */
function localOf(iso: string): string {
  return new Date(new Date(iso).getTime() + 7 * 3600_000).toISOString().slice(0, 16)
}

function linesOf(options: string): string[] {
  return options
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

export function questionsOf(draft: Draft): SurveyQuestion[] {
  return draft.questions.map((one, at) => {
    const ends = [one.least.trim(), one.most.trim()]
    const isScale = one.kind === 'scale'
    return {
      place: at + 1,
      kind: one.kind,
      text: one.text,
      options: isScale ? (ends.some(Boolean) ? ends : []) : one.kind === 'text' ? [] : linesOf(one.options),
      steps: isScale ? Number(one.steps) : null,
      is_required: one.isRequired,
    }
  })
}

export type Faults = Record<'title' | 'unit' | 'closes' | 'text' | 'options' | 'steps', string>

/** What is wrong, by field. */
export function faultsOf(draft: Draft, say: Faults, now: number): Record<string, string> {
  const until = draft.closes === '' ? null : momentOf(draft.closes)
  const faults: Record<string, string> = {}
  if (draft.title.trim() === '') faults['title'] = say.title
  if (draft.unit === '') faults['unit'] = say.unit
  if (draft.closes !== '' && (until === null || new Date(until).getTime() <= now))
    faults['closes'] = say.closes
  draft.questions.forEach((one, at) => {
    const fault = faultOf(one, say)
    if (fault) faults[`questions.${at + 1}`] = fault
  })
  return faults
}

function faultOf(one: Written, say: Faults): string {
  if (one.text.trim() === '') return say.text
  if (one.kind === 'single' || one.kind === 'multiple') {
    const lines = linesOf(one.options)
    const isFine = lines.length >= LEAST_OPTIONS && lines.length <= MOST_OPTIONS
    return isFine && new Set(lines).size === lines.length ? '' : say.options
  }
  const steps = Number(one.steps)
  const isScale = one.kind === 'scale'
  return isScale && !(Number.isInteger(steps) && steps >= LEAST_STEPS && steps <= MOST_STEPS) ? say.steps : ''
}
