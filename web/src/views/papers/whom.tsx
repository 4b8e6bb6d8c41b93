/** The dialog in which it is changed whom a paper is for. */
import { useSignal } from '@preact/signals'
import type { Paper } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { useActs } from '../acts'
import { Modal } from '../parts/modal'
import { chosen, faultOf, useWhom, WhomFields } from './readers'
import { papersText } from './texts'

interface Props {
  of: Paper
  onClose: () => void
}

export function ChangingReaders({ of, onClose }: Props) {
  const { store, command } = useActs()
  const t = papersText.value
  const whom = useWhom(of)
  /** Of the readers that are before us. */
  const revision = useSignal(of.revision)
  const isSending = useSignal(false)
  const problem = useSignal<string | null>(null)
  const meeting = store.meeting.value
  if (meeting === null) return null

  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    problem.value = faultOf(whom)
    if (problem.value !== null) return
    isSending.value = true
    const result = await command({
      type: 'change_readers',
      document: of.id,
      revision: revision.value,
      ...chosen(whom),
    })
    isSending.value = false
    if (result.ok || result.problem?.code === 'already_so') return onClose()
    problem.value = result.problem?.message || text.value.notice.failed
    // What is chosen here stays; who saves once more has read what the other chose.
    if (result.problem?.code === 'outdated') {
      const now = store.meeting.value?.documents.find((paper) => paper.id === of.id) ?? of
      revision.value = now.revision
      problem.value = t.readersMet(t.audience[now.audience])
    }
  }

  return (
    <Modal title={t.readersOf(of.title)} onClose={onClose}>
      <form class="col" onSubmit={(event) => void save(event)} noValidate>
        <WhomFields whom={whom} meeting={meeting} disabled={isSending.value} />
        <p class="small soft">{t.readersLead}</p>
        {problem.value && <p role="alert">{problem.value}</p>}
        <div class="actions">
          <button type="button" onClick={onClose}>
            {text.value.cancel}
          </button>
          <button type="submit" class="primary" disabled={isSending.value}>
            {t.readersSave}
          </button>
        </div>
      </form>
    </Modal>
  )
}
