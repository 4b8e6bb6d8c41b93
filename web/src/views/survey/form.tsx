/** The questions of a survey as a form, for those who answer and for interviewers alike. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { AnswerValue, Problem, SurveyQuestion } from '../../gen/protocol'
import { surveyText } from '../../state/surveys/i18n'
import { missing, parsed, sent, type Values } from '../../state/surveys/values'
import { Refusal } from '../office/fields'
import { useKept } from '../office/kept'

interface Props {
  /** Under which what was typed outlasts a reload. */
  name: string
  questions: readonly SurveyQuestion[]
  asksName: boolean
  send: string
  isSending: boolean
  problem: Problem | null
  /** Whether it was taken; then the form is empty again. */
  onSend: (values: AnswerValue[], name: string) => Promise<boolean>
  children?: ComponentChildren
}

export function SurveyQuestions({
  name,
  questions,
  asksName,
  send,
  isSending,
  problem,
  onSend,
  children,
}: Props) {
  const [kept, forget] = useKept(`survey-${name}`)
  const [person, forgetPerson] = useKept(`survey-name-${name}`)
  const lacks = useSignal<readonly number[]>([])
  const nameId = useId()
  const t = surveyText.value.answer
  const values = parsed(kept.value)

  function put(place: number, value: Values[string]) {
    kept.value = JSON.stringify({ ...values, [place]: value })
    lacks.value = lacks.value.filter((one) => one !== place)
  }

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    lacks.value = missing(questions, values)
    const [first] = lacks.value
    if (first !== undefined) {
      form.querySelector<HTMLElement>(`[data-place="${first}"] :is(input, textarea)`)?.focus()
      return
    }
    if (!(await onSend(sent(questions, values), person.value))) return
    forget()
    forgetPerson()
  }

  return (
    <form class="card fields survey" onSubmit={(event) => void submit(event)} noValidate>
      {asksName && (
        <div>
          <label for={nameId}>{t.name}</label>
          <input
            id={nameId}
            maxLength={120}
            autocomplete="name"
            value={person.value}
            onInput={(event) => {
              person.value = event.currentTarget.value
            }}
          />
        </div>
      )}
      {questions.map((question) => (
        <Asked
          key={question.place}
          question={question}
          value={values[question.place]}
          isMissing={lacks.value.includes(question.place)}
          onPut={(value) => put(question.place, value)}
        />
      ))}
      {lacks.value.length > 0 && (
        <p class="fault" role="alert">
          {t.look}
        </p>
      )}
      <Refusal problem={problem} />
      <div class="actions">
        <button type="submit" class="primary" disabled={isSending}>
          {isSending ? t.sending : send}
        </button>
        {children}
      </div>
    </form>
  )
}

interface AskedProps {
  question: SurveyQuestion
  value: Values[string] | undefined
  isMissing: boolean
  onPut: (value: Values[string]) => void
}

function Asked({ question, value, isMissing, onPut }: AskedProps) {
  const told = useId()
  const { place, kind, text, options, steps, is_required } = question
  const t = surveyText.value.answer
  return (
    <fieldset class="choose" data-place={place} {...(isMissing && { 'aria-describedby': told })}>
      <legend>
        {place}. {text} {is_required && <span class="pill gold">{t.required}</span>}
      </legend>
      {kind === 'multiple' && <p class="small soft">{t.any}</p>}
      {kind === 'text' ? (
        <textarea
          aria-label={text}
          rows={3}
          maxLength={2000}
          value={typeof value === 'string' ? value : ''}
          onInput={(event) => onPut(event.currentTarget.value)}
        />
      ) : kind === 'scale' ? (
        <Scale question={question} steps={steps ?? 0} value={value} onPut={onPut} />
      ) : (
        options?.map((option, index) => (
          <label key={option}>
            <input
              type={kind === 'multiple' ? 'checkbox' : 'radio'}
              name={`question-${place}`}
              checked={kind === 'multiple' ? Array.isArray(value) && value.includes(index) : value === index}
              onChange={(event) =>
                onPut(kind === 'multiple' ? toggled(value, index, event.currentTarget.checked) : index)
              }
            />
            {option}
          </label>
        ))
      )}
      {isMissing && (
        <p class="fault" id={told}>
          {t.missing}
        </p>
      )}
    </fieldset>
  )
}

function Scale({ question, steps, value, onPut }: Omit<AskedProps, 'isMissing'> & { steps: number }) {
  const [least = '', most = ''] = question.options ?? []
  return (
    <>
      <div class="steps">
        {Array.from({ length: steps }, (_, at) => at + 1).map((step) => (
          <label key={step}>
            <input
              type="radio"
              name={`question-${question.place}`}
              checked={value === step}
              onChange={() => onPut(step)}
              {...(step === 1 && least && { 'aria-label': `${step}, ${least}` })}
              {...(step === steps && most && { 'aria-label': `${step}, ${most}` })}
            />
            <span class="num">{step}</span>
          </label>
        ))}
      </div>
      {(least || most) && (
        <p class="ends small soft" aria-hidden="true">
          <span>{least}</span>
          <span>{most}</span>
        </p>
      )}
    </>
  )
}

function toggled(value: Values[string] | undefined, index: number, isOn: boolean): readonly number[] {
  const before = Array.isArray(value) ? (value as readonly number[]).filter((one) => one !== index) : []
  return isOn ? [...before, index].sort((a, b) => a - b) : before
}
