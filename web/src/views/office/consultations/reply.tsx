/** The leading unit says what it makes of an opinion. */
import { useSignal } from '@preact/signals'
import type { Consultation, ConsultedUnit, Opinion, ReplyOutcome } from '../../../gen/protocol'
import { reply } from '../../../protocol/consultations'
import { consultationText } from '../../../state/consultations/i18n'
import { officeText } from '../../../state/office/i18n'
import { Modal } from '../../parts/modal'
import { useChange } from '../asking'
import { Choose, Field, Refusal } from '../fields'
import { useKept } from '../kept'

const OUTCOMES = ['accepted', 'partly', 'rejected'] as const satisfies readonly ReplyOutcome[]

interface Props {
  seen: Consultation
  unit: ConsultedUnit
  opinion: Opinion
  onChange: (changed: Consultation) => void
  onClose: () => void
}

export function ReplyForm({ seen, unit, opinion, onChange, onClose }: Props) {
  const { make, isSending, problem } = useChange()
  const outcome = useSignal<ReplyOutcome | null>(opinion.reply?.outcome ?? null)
  const [text, forget] = useKept(`reply-${opinion.id}`, opinion.reply?.text ?? '')
  const faults = useSignal<{ outcome?: string; text?: string }>({})
  const t = consultationText.value

  async function send(event: SubmitEvent) {
    event.preventDefault()
    const chosen = outcome.value
    faults.value = {
      ...(chosen === null && { outcome: t.reply.fault.outcome }),
      ...(chosen !== null &&
        chosen !== 'accepted' &&
        text.value.trim() === '' && { text: t.reply.fault.text }),
    }
    if (Object.keys(faults.value).length > 0 || chosen === null) return
    const content = { outcome: chosen, text: text.value, revision: opinion.reply?.revision ?? 0 }
    const changed = await make((keyFor) => reply(seen.id, opinion.id, { ...content, key: keyFor(content) }))
    if (changed === null) return
    forget()
    onChange(changed)
    onClose()
  }

  return (
    <Modal title={t.matrix.writeTo(unit.name)} class="broad" onClose={onClose}>
      <form class="fields" onSubmit={(event) => void send(event)} noValidate>
        <blockquote class="prose">
          <b>{t.choice[opinion.choice]}</b>
          {opinion.text && <p>{opinion.text}</p>}
        </blockquote>
        <Refusal problem={problem.value} />
        <Choose
          label={t.reply.outcome}
          options={OUTCOMES}
          names={t.outcome}
          value={outcome}
          fault={faults.value.outcome ?? ''}
        />
        <Field label={t.reply.text} fault={faults.value.text ?? ''}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={4}
              maxLength={10_000}
              value={text.value}
              onInput={(event) => {
                text.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <div class="actions">
          <button type="button" onClick={onClose}>
            {officeText.value.cancel}
          </button>
          <button type="submit" class="primary" disabled={isSending.value}>
            {t.reply.send}
          </button>
        </div>
      </form>
    </Modal>
  )
}
