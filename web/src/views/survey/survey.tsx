/** A survey as its link shows it: the questions, then thanks. */
import { useSignal } from '@preact/signals'
import { CircleCheck, CircleX } from 'lucide'
import type { SurveyForm } from '../../gen/protocol'
import { answerSurvey, surveyForm } from '../../protocol/surveys'
import { text } from '../../state/i18n'
import { surveyText } from '../../state/surveys/i18n'
import { useAnswer, useChange } from '../office/asking'
import { Refusal } from '../office/fields'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { SurveyQuestions } from './form'
import '../../css/consultations.css'
import '../../css/surveys.css'

interface Props {
  token: string
  given?: SurveyForm | null
  isDone?: boolean
}

export function SurveyScreen({ token, given = null, isDone: done = false }: Props) {
  const { answer, problem } = useAnswer(() => surveyForm(token), [token], given)
  const { make, isSending, problem: refused } = useChange()
  const isDone = useSignal(done)
  const t = surveyText.value.answer
  const form = answer.value
  if (form === null) {
    return (
      <Door>
        {problem.value === null ? (
          <p class="loading" role="status">
            {text.value.loading}
          </p>
        ) : (
          <div class="card">
            <Refusal problem={problem.value} />
          </div>
        )}
      </Door>
    )
  }
  if (isDone.value || form.is_answered) {
    return (
      <Door>
        <div class="card centred">
          <Icon of={CircleCheck} />
          <Heading>{isDone.value ? t.thanks : t.already}</Heading>
          <p class="lead">{t.thanksLead}</p>
          {isDone.value && !form.is_personal && (
            <button
              type="button"
              class="quiet"
              onClick={() => {
                isDone.value = false
              }}
            >
              {t.another}
            </button>
          )}
        </div>
      </Door>
    )
  }
  if (!form.is_open) {
    return (
      <Door>
        <div class="card centred">
          <Icon of={CircleX} />
          <Heading>{t.closed}</Heading>
          <p class="lead">{t.closedLead}</p>
        </div>
      </Door>
    )
  }
  return (
    <Door>
      <div>
        <Heading>{form.title}</Heading>
        <p class="soft">{form.unit}</p>
        {form.lead && <p class="lead prose">{form.lead}</p>}
      </div>
      <p class="small soft">
        {form.is_anonymous ? t.anonymous : form.is_personal ? t.named(form.name) : t.withName}
      </p>
      <SurveyQuestions
        name={token}
        questions={form.questions}
        asksName={!form.is_anonymous && !form.is_personal}
        send={t.send}
        isSending={isSending.value}
        problem={refused.value}
        onSend={async (values, name) => {
          const content = { token, values, name }
          const taken = await make(async (keyFor) => {
            await answerSurvey({ ...content, key: keyFor(content) })
            return true
          })
          isDone.value = taken === true
          return taken === true
        }}
      />
    </Door>
  )
}
