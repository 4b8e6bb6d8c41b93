/** The surveys of one's units, the latest first. */
import type { OfficeMe, SurveyLine, Surveys } from '../../../gen/protocol'
import { surveys as ask } from '../../../protocol/surveys'
import { language } from '../../../state/i18n'
import { dayAndTime } from '../../../state/office/times'
import { surveyText } from '../../../state/surveys/i18n'
import { useAnswer } from '../asking'
import { Listed } from '../listed'
import { OFFICE } from '../place'

export const SURVEYS = `${OFFICE}/khao-sat`

export function SurveyList({ me, given = null }: { me: OfficeMe; given?: Surveys | null }) {
  const { answer, problem } = useAnswer(ask, [], given)
  const t = surveyText.value
  return (
    <Listed
      at={SURVEYS}
      words={t}
      mayCreate={me.may.includes('change_survey')}
      lines={answer.value?.surveys}
      problem={problem.value}
      facts={(line) => [
        t.answers(line.answers),
        line.closes_at && t.until(dayAndTime(line.closes_at, language.value)),
      ]}
      pill={(line) => <SurveyPill line={line} />}
    />
  )
}

export function SurveyPill({ line }: { line: Pick<SurveyLine, 'state' | 'is_open'> }) {
  const t = surveyText.value
  if (line.state === 'open' && !line.is_open) return <span class="pill">{t.ended}</span>
  return <span class={`pill ${line.is_open ? 'live' : ''}`}>{t.state[line.state]}</span>
}
