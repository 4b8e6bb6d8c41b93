/** The matrix: every unit, what it said, what became of it, and whether the signer has read it. */
import { useSignal } from '@preact/signals'
import type { Consultation, ConsultedUnit, Opinion } from '../../../gen/protocol'
import { openOpinion } from '../../../protocol/consultations'
import { countsOf } from '../../../state/consultations/counts'
import { consultationText } from '../../../state/consultations/i18n'
import { language, numeral } from '../../../state/i18n'
import { dayAndTime } from '../../../state/office/times'
import { useChange } from '../asking'
import { Refusal } from '../fields'
import { ReplyForm } from './reply'

interface Props {
  seen: Consultation
  onChange: (changed: Consultation) => void
}

const LOOKS = { agree: 'ok', disagree: 'live', other: 'gold' } as const

export function Matrix({ seen, onChange }: Props) {
  const t = consultationText.value
  const isWhole = seen.leads || seen.signs
  const counts = countsOf(seen.units)
  return (
    <section class="card col">
      <h2>{isWhole ? t.matrix.title : t.matrix.own}</h2>
      {isWhole && (
        <dl class="tally">
          {(['agree', 'disagree', 'other', 'silent'] as const).map((kind) => (
            <div key={kind} class={kind}>
              <dt>{kind === 'silent' ? t.matrix.silent : t.choice[kind]}</dt>
              <dd class="num">{numeral(counts[kind])}</dd>
            </div>
          ))}
        </dl>
      )}
      <div class="matrix-head small soft" aria-hidden="true">
        <span>{t.matrix.unit}</span>
        <span>{t.matrix.opinion}</span>
        <span>{t.matrix.reply}</span>
        <span>{t.matrix.opened}</span>
      </div>
      <ul class="matrix">
        {seen.units.map((unit) => (
          <li key={unit.id}>
            <h3>{unit.name}</h3>
            {unit.opinions.length === 0 ? (
              <Silent seen={seen} unit={unit} />
            ) : (
              <div class="said">
                {[...unit.opinions].reverse().map((opinion, at) => (
                  <Said
                    key={opinion.id}
                    seen={seen}
                    unit={unit}
                    opinion={opinion}
                    counts={at === 0}
                    onChange={onChange}
                  />
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Silent({ seen, unit }: { seen: Consultation; unit: ConsultedUnit }) {
  const t = consultationText.value.matrix
  if (unit.waiver !== null) return <p class="soft">{t.waived(unit.waiver)}</p>
  return (
    <p>
      <span class={`pill ${seen.is_overdue ? 'gold' : ''}`}>{seen.is_overdue ? t.overdue : t.silent}</span>
    </p>
  )
}

interface SaidProps extends Props {
  unit: ConsultedUnit
  opinion: Opinion
  counts: boolean
}

function Said({ seen, unit, opinion, counts, onChange }: SaidProps) {
  const t = consultationText.value
  const { make, isSending, problem } = useChange()
  const isReplying = useSignal(false)
  const isOpen = seen.state === 'open'
  // Who signs has each opinion opened one by one, and the log says so.
  const isShut = seen.signs && isOpen && opinion.opened_at === null
  const wantsReply = opinion.choice !== 'agree' || opinion.text !== ''
  const notes = [
    t.matrix.about(opinion.draft),
    opinion.is_late && t.matrix.late,
    !counts && t.matrix.replaced,
  ].filter(Boolean)

  async function open() {
    const content = { opinion: opinion.id }
    const changed = await make((keyFor) => openOpinion(seen.id, opinion.id, { key: keyFor(content) }))
    if (changed !== null) onChange(changed)
  }

  return (
    <article class={counts ? 'opinion' : 'opinion replaced'}>
      <div class="col">
        <div class="row wrap">
          <span class={`pill ${LOOKS[opinion.choice]}`}>{t.choice[opinion.choice]}</span>
          <span class="small soft">{notes.join(' · ')}</span>
        </div>
        {isShut ? (
          <>
            <Refusal problem={problem.value} />
            <button
              type="button"
              class="primary"
              aria-label={t.matrix.openOf(unit.name)}
              disabled={isSending.value}
              onClick={() => void open()}
            >
              {t.matrix.open}
            </button>
          </>
        ) : (
          <>
            {opinion.text && <p class="prose">{opinion.text}</p>}
            <p class="small soft">
              {[opinion.name, opinion.title, dayAndTime(opinion.given_at, language.value)]
                .filter(Boolean)
                .join(', ')}
              <br />
              {t.matrix.signature} <code>{opinion.signature.slice(0, 16)}</code>
            </p>
          </>
        )}
      </div>
      <div class="col">
        {opinion.reply !== null ? (
          <>
            <b>{t.outcome[opinion.reply.outcome]}</b>
            {opinion.reply.text && <p class="prose">{opinion.reply.text}</p>}
            <p class="small soft">{opinion.reply.name}</p>
          </>
        ) : (
          counts && <p class="small soft">{wantsReply ? t.matrix.noReply : t.matrix.needless}</p>
        )}
        {seen.leads && isOpen && !isShut && (counts || opinion.reply !== null) && (
          <button
            type="button"
            class={opinion.reply === null && wantsReply && counts ? '' : 'quiet'}
            aria-label={opinion.reply === null ? t.matrix.writeTo(unit.name) : t.matrix.changeTo(unit.name)}
            onClick={() => {
              isReplying.value = true
            }}
          >
            {opinion.reply === null ? t.matrix.write : t.matrix.change}
          </button>
        )}
        {isReplying.value && (
          <ReplyForm
            seen={seen}
            unit={unit}
            opinion={opinion}
            onChange={onChange}
            onClose={() => {
              isReplying.value = false
            }}
          />
        )}
      </div>
      <p class="small soft num">
        <span class="only-narrow">{t.matrix.opened}: </span>
        {opinion.opened_at === null ? t.matrix.unopened : dayAndTime(opinion.opened_at, language.value)}
      </p>
    </article>
  )
}
