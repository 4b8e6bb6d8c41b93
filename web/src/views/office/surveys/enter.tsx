/** An interviewer enters what others answer, one after the other. */
import { useSignal } from '@preact/signals'
import { ArrowLeft } from 'lucide'
import type { Survey } from '../../../gen/protocol'
import { survey as ask, enterAnswer } from '../../../protocol/surveys'
import { officeText } from '../../../state/office/i18n'
import { surveyText } from '../../../state/surveys/i18n'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { SurveyQuestions } from '../../survey/form'
import { useAnswer, useChange } from '../asking'
import { Refusal } from '../fields'
import { Link } from '../place'
import { SURVEYS } from './list'

export function EnterAnswers({ id, given = null }: { id: string; given?: Survey | null }) {
  const { answer, problem } = useAnswer(() => ask(id), [id], given)
  const { make, isSending, problem: refused } = useChange()
  const entered = useSignal(0)
  const t = surveyText.value.enter
  const seen = answer.value
  return (
    <>
      <Link to={`${SURVEYS}/${id}`} class="button quiet return">
        <Icon of={ArrowLeft} />
        {seen?.title ?? surveyText.value.title}
      </Link>
      <div>
        <Heading>{t.title}</Heading>
        <p class="soft">{t.lead}</p>
      </div>
      <Refusal problem={problem.value} />
      <p role="status">{entered.value > 0 && <span class="pill ok num">{t.entered(entered.value)}</span>}</p>
      {seen === null ? (
        problem.value === null && <p class="loading">{officeText.value.loading}</p>
      ) : (
        <SurveyQuestions
          name={`enter-${id}`}
          questions={seen.questions}
          asksName={!seen.is_anonymous}
          send={t.send}
          isSending={isSending.value}
          problem={refused.value}
          onSend={async (values, name) => {
            const content = { values, name }
            const changed = await make((keyFor) => enterAnswer(id, { ...content, key: keyFor(content) }))
            if (changed === null) return false
            answer.value = changed
            entered.value++
            document.querySelector('main')?.scrollTo(0, 0)
            scrollTo(0, 0)
            return true
          }}
        />
      )}
    </>
  )
}
