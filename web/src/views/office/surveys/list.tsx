/** The surveys of one's units, the latest first. */
import { ChevronRight, FilePlus2 } from 'lucide'
import type { OfficeMe, SurveyLine, Surveys } from '../../../gen/protocol'
import { surveys as ask } from '../../../protocol/surveys'
import { language } from '../../../state/i18n'
import { officeText } from '../../../state/office/i18n'
import { dayAndTime } from '../../../state/office/times'
import { surveyText } from '../../../state/surveys/i18n'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { useAnswer } from '../asking'
import { Refusal } from '../fields'
import { Link, OFFICE } from '../place'

export const SURVEYS = `${OFFICE}/khao-sat`

export function SurveyList({ me, given = null }: { me: OfficeMe; given?: Surveys | null }) {
  const { answer, problem } = useAnswer(ask, [], given)
  const t = surveyText.value
  const lines = answer.value?.surveys
  return (
    <>
      <div class="head">
        <Heading>{t.title}</Heading>
        {me.may.includes('change_survey') && (
          <Link to={`${SURVEYS}/moi`} class="button primary">
            <Icon of={FilePlus2} />
            {t.create}
          </Link>
        )}
      </div>
      <Refusal problem={problem.value} />
      {lines === undefined ? (
        problem.value === null && <p class="loading">{officeText.value.loading}</p>
      ) : lines.length === 0 ? (
        <p class="card soft">{t.none}</p>
      ) : (
        <ul class="lines">
          {lines.map((line) => (
            <li key={line.id}>
              <Link to={`${SURVEYS}/${line.id}`}>
                <div class="grow">
                  <b>{line.title}</b>
                  <div class="small soft">{line.unit}</div>
                  <div class="small soft num">
                    {[
                      t.answers(line.answers),
                      line.closes_at && t.until(dayAndTime(line.closes_at, language.value)),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </div>
                </div>
                <SurveyPill line={line} />
                <Icon of={ChevronRight} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

export function SurveyPill({ line }: { line: Pick<SurveyLine, 'state' | 'is_open'> }) {
  const t = surveyText.value
  if (line.state === 'open' && !line.is_open) return <span class="pill">{t.ended}</span>
  return <span class={`pill ${line.is_open ? 'live' : ''}`}>{t.state[line.state]}</span>
}
