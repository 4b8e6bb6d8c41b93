/** Asking all who are convened for their opinion before the meeting: the question and the deadline. */
import { useSignal } from '@preact/signals'
import { text } from '../../state/i18n'
import { momentOf } from '../../state/office/times'
import { order, useActs } from '../acts'
import { Modal } from '../parts/modal'

export function AskOpinions({ onClose }: { onClose: () => void }) {
  const acts = useActs()
  const question = useSignal('')
  const due = useSignal('')
  const isSending = useSignal(false)
  const t = text.value.vote
  const due_at = momentOf(due.value)
  const isFuture = due_at !== null && Date.parse(due_at) > acts.store.now.value
  const send = async () => {
    if (due_at === null) return
    isSending.value = true
    const { ok } = await order(acts, { type: 'ask_opinions', question: question.value.trim(), due_at })
    isSending.value = false
    if (ok) onClose()
  }
  return (
    <Modal title={t.form.open} onClose={onClose}>
      <p class="soft">{t.form.lead}</p>
      <label for="form-question">{t.form.question}</label>
      <textarea
        id="form-question"
        rows={3}
        maxLength={500}
        value={question.value}
        onInput={(event) => {
          question.value = event.currentTarget.value
        }}
      />
      <label for="form-due">{t.form.due}</label>
      <input
        id="form-due"
        type="datetime-local"
        aria-describedby="form-due-lead"
        value={due.value}
        onInput={(event) => {
          due.value = event.currentTarget.value
        }}
      />
      <p id="form-due-lead" class="small soft" role="status">
        {due_at !== null && !isFuture ? t.form.past : t.form.dueLead}
      </p>
      <div class="stacked">
        <button
          type="button"
          class="primary"
          disabled={isSending.value || question.value.trim() === '' || !isFuture}
          onClick={() => void send()}
        >
          {t.form.send}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          {text.value.cancel}
        </button>
      </div>
    </Modal>
  )
}
