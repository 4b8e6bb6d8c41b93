/** Writing the questions of a survey; what is typed stays in the browser until it was saved. */
import { useSignal } from '@preact/signals'
import { ArrowLeft, ArrowUp, Plus, Trash2 } from 'lucide'
import type { OfficeMe, OfficeUnits, QuestionKind, Survey, SurveyQuestion } from '../../../gen/protocol'
import { units as askUnits } from '../../../protocol/office'
import { survey as ask, newSurvey, writeSurvey } from '../../../protocol/surveys'
import { officeText } from '../../../state/office/i18n'
import { momentOf } from '../../../state/office/times'
import { surveyText } from '../../../state/surveys/i18n'
import {
  type Draft,
  faultsOf,
  fresh,
  questionsOf,
  readDraft,
  type Written,
  writtenOf,
} from '../../../state/surveys/written'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { useAnswer, useChange } from '../asking'
import { Field, Refusal, UnitField } from '../fields'
import { useKept } from '../kept'
import { Link, replace } from '../place'
import { SURVEYS } from './list'

const KINDS = ['single', 'multiple', 'scale', 'text'] as const satisfies readonly QuestionKind[]

interface Props {
  me: OfficeMe
  /** The draft that is written anew; null for a new one. */
  id: string | null
  given?: Survey | null
  givenUnits?: OfficeUnits | null
}

export function WriteSurvey({ me, id, given = null, givenUnits = null }: Props) {
  const { answer, problem } = useAnswer(async () => (id === null ? null : await ask(id)), [id], given)
  if (id !== null && answer.value === null) {
    return problem.value ? (
      <Refusal problem={problem.value} />
    ) : (
      <p class="loading">{officeText.value.loading}</p>
    )
  }
  return <Form me={me} before={answer.value} givenUnits={givenUnits} />
}

function Form({
  me,
  before,
  givenUnits,
}: {
  me: OfficeMe
  before: Survey | null
  givenUnits: OfficeUnits | null
}) {
  const name = before === null ? 'survey-new' : `survey-write-${before.id}-${before.revision}`
  const [kept, forget] = useKept(name, JSON.stringify(before === null ? fresh(me.unit) : writtenOf(before)))
  const units = useAnswer(askUnits, [], givenUnits)
  const { make, isSending, problem } = useChange()
  const isTried = useSignal(false)
  const t = surveyText.value.write
  const draft = readDraft(kept.value, me.unit)
  const faults = isTried.value ? faultsOf(draft, t.fault, Date.now()) : {}
  const refused = Number(problem.value?.field?.match(/^questions\.(\d+)$/)?.[1] ?? 0)

  function put(change: Partial<Draft>) {
    kept.value = JSON.stringify({ ...draft, ...change })
  }
  function putQuestion(at: number, change: Partial<Written>) {
    put({ questions: draft.questions.map((one, index) => (index === at ? { ...one, ...change } : one)) })
  }

  async function save(event: SubmitEvent) {
    event.preventDefault()
    isTried.value = true
    if (Object.keys(faultsOf(draft, t.fault, Date.now())).length > 0) return
    const content = {
      title: draft.title,
      lead: draft.lead,
      is_anonymous: draft.isAnonymous,
      closes_at: draft.closes === '' ? null : momentOf(draft.closes),
      questions: questionsOf(draft) as SurveyQuestion[],
    }
    const saved = await make(async (keyFor) => {
      if (before === null) {
        const wanted = { ...content, unit: draft.unit }
        return (await newSurvey({ ...wanted, key: keyFor(wanted) })).survey
      }
      const wanted = { ...content, revision: before.revision }
      return (await writeSurvey(before.id, { ...wanted, key: keyFor(wanted) })).id
    })
    if (saved === null) return
    forget()
    replace(`${SURVEYS}/${saved}`)
  }

  return (
    <>
      <Link to={before === null ? SURVEYS : `${SURVEYS}/${before.id}`} class="button quiet return">
        <Icon of={ArrowLeft} />
        {before?.title ?? surveyText.value.title}
      </Link>
      <Heading>{t.title}</Heading>
      <form class="card fields" onSubmit={(event) => void save(event)} noValidate>
        <Field label={t.name} fault={faults['title'] ?? ''}>
          {(attributes) => (
            <input
              {...attributes}
              maxLength={500}
              value={draft.title}
              onInput={(event) => put({ title: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={t.lead}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={2}
              maxLength={2000}
              value={draft.lead}
              onInput={(event) => put({ lead: event.currentTarget.value })}
            />
          )}
        </Field>
        {before === null && (
          <UnitField
            key={units.answer.value ? 'loaded' : 'waiting'}
            label={t.unit}
            name="unit"
            units={units.answer.value?.units ?? []}
            fault={faults['unit'] ?? ''}
            value={draft.unit}
            onChange={(unit) => put({ unit })}
          />
        )}
        <Field label={t.closes} fault={faults['closes'] ?? ''}>
          {(attributes) => (
            <input
              {...attributes}
              type="datetime-local"
              value={draft.closes}
              onInput={(event) => put({ closes: event.currentTarget.value })}
            />
          )}
        </Field>
        <label class="pick">
          <input
            type="checkbox"
            checked={draft.isAnonymous}
            onChange={(event) => put({ isAnonymous: event.currentTarget.checked })}
          />
          <span class="grow">{t.anonymous}</span>
        </label>
        <h2>{t.questions}</h2>
        {draft.questions.map((question, at) => (
          <One
            key={at}
            place={at + 1}
            question={question}
            fault={faults[`questions.${at + 1}`] ?? (refused === at + 1 ? t.fault.question : '')}
            onChange={(change) => putQuestion(at, change)}
            onUp={() => {
              const moved = [...draft.questions]
              moved.splice(at - 1, 0, ...moved.splice(at, 1))
              put({ questions: moved })
            }}
            onRemove={() => put({ questions: draft.questions.filter((_, index) => index !== at) })}
          />
        ))}
        <div class="actions">
          <button
            type="button"
            onClick={() => put({ questions: [...draft.questions, fresh('').questions[0] as Written] })}
          >
            <Icon of={Plus} />
            {t.add}
          </button>
        </div>
        <Refusal problem={problem.value ?? units.problem.value} />
        <div class="actions">
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? officeText.value.saving : t.save}
          </button>
        </div>
      </form>
    </>
  )
}

interface OneProps {
  place: number
  question: Written
  fault: string
  onChange: (change: Partial<Written>) => void
  onUp: () => void
  onRemove: () => void
}

function One({ place, question, fault, onChange, onUp, onRemove }: OneProps) {
  const t = surveyText.value.write
  return (
    <fieldset class="question">
      <legend>{t.question(place)}</legend>
      <Field label={t.text(place)} fault={fault}>
        {(attributes) => (
          <input
            {...attributes}
            maxLength={500}
            value={question.text}
            onInput={(event) => onChange({ text: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t.kind(place)}>
        {(attributes) => (
          <select
            {...attributes}
            value={question.kind}
            onChange={(event) => onChange({ kind: event.currentTarget.value as QuestionKind })}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {surveyText.value.kind[kind]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {(question.kind === 'single' || question.kind === 'multiple') && (
        <Field label={t.options(place)}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={4}
              value={question.options}
              onInput={(event) => onChange({ options: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      {question.kind === 'scale' && (
        <div class="scale">
          <Field label={t.steps(place)}>
            {(attributes) => (
              <input
                {...attributes}
                type="number"
                min={2}
                max={10}
                value={question.steps}
                onInput={(event) => onChange({ steps: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={t.least(place)}>
            {(attributes) => (
              <input
                {...attributes}
                maxLength={120}
                value={question.least}
                onInput={(event) => onChange({ least: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={t.most(place)}>
            {(attributes) => (
              <input
                {...attributes}
                maxLength={120}
                value={question.most}
                onInput={(event) => onChange({ most: event.currentTarget.value })}
              />
            )}
          </Field>
        </div>
      )}
      <label class="pick">
        <input
          type="checkbox"
          checked={question.isRequired}
          onChange={(event) => onChange({ isRequired: event.currentTarget.checked })}
        />
        <span class="grow">{t.required}</span>
      </label>
      <div class="actions">
        {place > 1 && (
          <button type="button" class="quiet" aria-label={t.up(place)} onClick={onUp}>
            <Icon of={ArrowUp} />
            {t.upShort}
          </button>
        )}
        <button type="button" class="quiet" aria-label={t.remove(place)} onClick={onRemove}>
          <Icon of={Trash2} />
          {t.removeShort}
        </button>
      </div>
    </fieldset>
  )
}
