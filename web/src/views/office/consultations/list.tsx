/** The consultations one leads, signs or is asked about. */
import { ChevronRight, FilePlus2 } from 'lucide'
import type { ConsultationLine, Consultations, OfficeMe } from '../../../gen/protocol'
import { consultations as ask } from '../../../protocol/consultations'
import { consultationText } from '../../../state/consultations/i18n'
import { language } from '../../../state/i18n'
import { officeText } from '../../../state/office/i18n'
import { dayAndTime } from '../../../state/office/times'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { useAnswer } from '../asking'
import { Refusal } from '../fields'
import { Link, OFFICE } from '../place'

export const CONSULTATIONS = `${OFFICE}/lay-y-kien`

export function ConsultationList({ me, given = null }: { me: OfficeMe; given?: Consultations | null }) {
  const { answer, problem } = useAnswer(ask, [], given)
  const t = consultationText.value
  const lines = answer.value?.consultations
  return (
    <>
      <div class="head">
        <Heading>{t.title}</Heading>
        {me.may.includes('create_consultation') && (
          <Link to={`${CONSULTATIONS}/moi`} class="button primary">
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
              <Link to={`${CONSULTATIONS}/${line.id}`}>
                <div class="grow">
                  <b>{line.title}</b>
                  <div class="small soft">{line.unit}</div>
                  <div class="small soft num">
                    {[
                      line.state === 'open' && t.until(dayAndTime(line.deadline, language.value)),
                      line.state !== 'draft' && t.answered(line.answered, line.asked),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </div>
                </div>
                <StatePill line={line} />
                <Icon of={ChevronRight} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function StatePill({ line }: { line: ConsultationLine }) {
  const t = consultationText.value
  if (line.owes) return <span class="pill live">{t.owes}</span>
  if (line.signs) return <span class="pill gold">{t.toSign}</span>
  return <span class={`pill ${line.state === 'signed' ? 'ok' : ''}`}>{t.state[line.state]}</span>
}
