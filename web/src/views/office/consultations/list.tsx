/** The consultations one leads, signs or is asked about. */
import type { ConsultationLine, Consultations, OfficeMe } from '../../../gen/protocol'
import { consultations as ask } from '../../../protocol/consultations'
import { consultationText } from '../../../state/consultations/i18n'
import { language } from '../../../state/i18n'
import { dayAndTime } from '../../../state/office/times'
import { useAnswer } from '../asking'
import { Listed } from '../listed'
import { OFFICE } from '../place'

export const CONSULTATIONS = `${OFFICE}/lay-y-kien`

export function ConsultationList({ me, given = null }: { me: OfficeMe; given?: Consultations | null }) {
  const { answer, problem } = useAnswer(ask, [], given)
  const t = consultationText.value
  return (
    <Listed
      at={CONSULTATIONS}
      words={t}
      mayCreate={me.may.includes('create_consultation')}
      lines={answer.value?.consultations}
      problem={problem.value}
      facts={(line) => [
        line.state === 'open' && t.until(dayAndTime(line.deadline, language.value)),
        line.state !== 'draft' && t.answered(line.answered, line.asked),
      ]}
      pill={(line) => <StatePill line={line} />}
    />
  )
}

function StatePill({ line }: { line: ConsultationLine }) {
  const t = consultationText.value
  if (line.owes) return <span class="pill live">{t.owes}</span>
  if (line.signs) return <span class="pill gold">{t.toSign}</span>
  return <span class={`pill ${line.state === 'signed' ? 'ok' : ''}`}>{t.state[line.state]}</span>
}
