/** The invitation to speak: a dialog for as long as one has the floor, is silent and has not put it off. */
import { useSignal } from '@preact/signals'
import { Mic } from 'lucide'
import { text } from '../../state/i18n'
import { toggle, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { Modal } from '../parts/modal'

export function Invited() {
  const acts = useActs()
  const { store } = acts
  const putOff = useSignal<string | null>(null)
  const since = store.meeting.value?.floor.since ?? null
  const isInvited = store.holdsFloor.value && store.role.value !== 'chair' && !store.sends.value.microphone
  const t = text.value.invited
  if (!isInvited || since === putOff.value) return null
  const close = () => {
    putOff.value = since
  }
  const accept = () => {
    close()
    void toggle(acts, 'microphone', true)
  }
  return (
    <Modal title={t.title} onClose={close}>
      <p class="soft">{t.lead}</p>
      <button type="button" class="primary" onClick={accept}>
        <Icon of={Mic} />
        {t.accept}
      </button>
      <button type="button" onClick={close}>
        {t.later}
      </button>
    </Modal>
  )
}
