/** What the leading unit may do with a consultation that runs: move the deadline, withdraw it. */
import { useSignal } from '@preact/signals'
import type { Consultation } from '../../../gen/protocol'
import { moveDeadline, withdraw } from '../../../protocol/consultations'
import { consultationText } from '../../../state/consultations/i18n'
import { officeText } from '../../../state/office/i18n'
import { momentOf } from '../../../state/office/times'
import { Modal } from '../../parts/modal'
import { useChange } from '../asking'
import { Field, Refusal, valuesOf } from '../fields'
import { useKept } from '../kept'

interface Props {
  seen: Consultation
  onChange: (changed: Consultation) => void
}

export function Steps({ seen, onChange }: Props) {
  const open = useSignal<'move' | 'withdraw' | null>(null)
  const t = consultationText.value
  const close = () => {
    open.value = null
  }
  const done = (changed: Consultation) => {
    close()
    onChange(changed)
  }
  return (
    <div class="actions">
      {(['move', 'withdraw'] as const).map((step) => (
        <button
          key={step}
          type="button"
          class="quiet"
          onClick={() => {
            open.value = step
          }}
        >
          {t[step]}
        </button>
      ))}
      {open.value === 'move' && <Move seen={seen} onDone={done} onClose={close} />}
      {open.value === 'withdraw' && <Withdraw seen={seen} onDone={done} onClose={close} />}
    </div>
  )
}

interface StepProps {
  seen: Consultation
  onDone: (changed: Consultation) => void
  onClose: () => void
}

function Move({ seen, onDone, onClose }: StepProps) {
  const { make, isSending, problem } = useChange()
  const fault = useSignal('')
  const t = consultationText.value
  async function send(event: SubmitEvent) {
    const deadline = momentOf(valuesOf(event)('deadline'))
    const isPast = deadline === null || new Date(deadline).getTime() <= Date.now()
    fault.value = isPast ? t.fresh.fault.deadline : ''
    if (isPast) return
    const content = { deadline }
    const changed = await make((keyFor) => moveDeadline(seen.id, { ...content, key: keyFor(content) }))
    if (changed !== null) onDone(changed)
  }
  return (
    <Modal title={t.move} onClose={onClose}>
      <form class="fields" onSubmit={(event) => void send(event)} noValidate>
        <Refusal problem={problem.value} />
        <Field label={t.fresh.deadline} fault={fault.value}>
          {(attributes) => <input {...attributes} name="deadline" type="datetime-local" />}
        </Field>
        <Buttons name={t.move} isSending={isSending.value} onClose={onClose} />
      </form>
    </Modal>
  )
}

function Withdraw({ seen, onDone, onClose }: StepProps) {
  const { make, isSending, problem } = useChange()
  const [reason, forget] = useKept(`withdraw-${seen.id}`)
  const fault = useSignal('')
  const t = consultationText.value
  async function send(event: SubmitEvent) {
    event.preventDefault()
    fault.value = reason.value.trim() === '' ? t.reasonMissing : ''
    if (fault.value) return
    const content = { reason: reason.value }
    const changed = await make((keyFor) => withdraw(seen.id, { ...content, key: keyFor(content) }))
    if (changed === null) return
    forget()
    onDone(changed)
  }
  return (
    <Modal title={t.withdraw} onClose={onClose}>
      <form class="fields" onSubmit={(event) => void send(event)} noValidate>
        <p>{t.withdrawLead}</p>
        <Refusal problem={problem.value} />
        <Field label={t.reason} fault={fault.value}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={3}
              value={reason.value}
              onInput={(event) => {
                reason.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <Buttons name={t.withdraw} isSending={isSending.value} onClose={onClose} />
      </form>
    </Modal>
  )
}

function Buttons({ name, isSending, onClose }: { name: string; isSending: boolean; onClose: () => void }) {
  return (
    <div class="actions">
      <button type="button" onClick={onClose}>
        {officeText.value.cancel}
      </button>
      <button type="submit" class="primary" disabled={isSending}>
        {name}
      </button>
    </div>
  )
}
