/** A consultation: the draft, what is still missing, and the matrix; for a unit that is asked its own answer. */
import { ArrowLeft, Send } from 'lucide'
import { useEffect } from 'preact/hooks'
import type { Consultation, OfficeMe } from '../../../gen/protocol'
import { consultation as ask, askUnits } from '../../../protocol/consultations'
import { consultationText } from '../../../state/consultations/i18n'
import { language } from '../../../state/i18n'
import { officeText } from '../../../state/office/i18n'
import { dayAndTime } from '../../../state/office/times'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { useAnswer, useChange } from '../asking'
import { Refusal } from '../fields'
import { Link } from '../place'
import { Drafts } from './drafts'
import { GateCard, SignedCard } from './gate'
import { CONSULTATIONS } from './list'
import { Matrix } from './matrix'
import { OpinionForm } from './opinion'
import { Steps } from './steps'

const AGAIN_MS = { converting: 1500, open: 20_000 }

interface Props {
  id: string
  me: OfficeMe
  given?: Consultation | null
}

export function ConsultationPage({ id, me, given = null }: Props) {
  const { answer, problem, again } = useAnswer(() => ask(id), [id], given)
  const seen = answer.value
  const isConverting = seen?.drafts.some((draft) => draft.state === 'converting') ?? false
  const isOpen = seen?.state === 'open'
  useEffect(() => {
    if (given !== null || (!isConverting && !isOpen)) return
    const timer = setInterval(again, isConverting ? AGAIN_MS.converting : AGAIN_MS.open)
    return () => clearInterval(timer)
  }, [isConverting, isOpen])
  const t = consultationText.value
  const show = (changed: Consultation) => {
    answer.value = changed
  }
  return (
    <>
      <Link to={CONSULTATIONS} class="button quiet return">
        <Icon of={ArrowLeft} />
        {t.title}
      </Link>
      <Refusal problem={problem.value} />
      {seen === null ? (
        problem.value === null && <p class="loading">{officeText.value.loading}</p>
      ) : (
        <>
          <section class="card col">
            <div class="row">
              <span class={`pill ${seen.state === 'signed' ? 'ok' : seen.state === 'open' ? 'live' : ''}`}>
                {t.state[seen.state]}
              </span>
              {seen.state === 'open' && seen.is_overdue && <span class="pill gold">{t.overdue}</span>}
            </div>
            <Heading>{seen.title}</Heading>
            {seen.note && <p class="prose">{seen.note}</p>}
            <dl class="facts">
              <dt>{t.leader}</dt>
              <dd>{seen.unit_name}</dd>
              <dt>{t.deadline}</dt>
              <dd class="num">{dayAndTime(seen.deadline, language.value)}</dd>
              <dt>{t.signer}</dt>
              <dd>{[seen.signer_name, seen.signer_title].filter(Boolean).join(', ')}</dd>
            </dl>
            {seen.leads && (seen.state === 'open' || seen.state === 'draft') && (
              <Steps seen={seen} onChange={show} />
            )}
          </section>
          {seen.state === 'signed' && seen.signed_sha256 !== null && <SignedCard seen={seen} />}
          <Drafts seen={seen} onChange={show} />
          {seen.state === 'draft' && seen.leads && <Ask seen={seen} onChange={show} />}
          {seen.gate !== null && <GateCard seen={seen} gate={seen.gate} onChange={show} />}
          {seen.answers_for !== null && isOpen && <OpinionForm seen={seen} me={me} onChange={show} />}
          {seen.state !== 'draft' && <Matrix seen={seen} onChange={show} />}
        </>
      )}
    </>
  )
}

function Ask({ seen, onChange }: { seen: Consultation; onChange: (changed: Consultation) => void }) {
  const { make, isSending, problem } = useChange()
  const t = consultationText.value
  async function send() {
    const content = { ask: seen.id }
    const changed = await make((keyFor) => askUnits(seen.id, { key: keyFor(content) }))
    if (changed !== null) onChange(changed)
  }
  return (
    <section class="card col">
      <p>{t.askLead(seen.units.length)}</p>
      <ul class="names">
        {seen.units.map((unit) => (
          <li key={unit.id} class="pill">
            {unit.name}
          </li>
        ))}
      </ul>
      <Refusal problem={problem.value} />
      <div class="actions">
        <button
          type="button"
          class="primary"
          disabled={isSending.value || seen.drafts[0]?.state !== 'ready'}
          onClick={() => void send()}
        >
          <Icon of={Send} />
          {t.ask}
        </button>
      </div>
    </section>
  )
}
