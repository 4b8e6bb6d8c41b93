/** The invitation to speak: a dialog once for each speech, until the microphone is on or it is put off. */
import { useSignal, useSignalEffect } from '@preact/signals'
import { Mic } from 'lucide'
import { text } from '../../state/i18n'
import { screenOf } from '../../state/meeting'
import { toggle, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { Modal } from '../parts/modal'

export function Invited() {
  const acts = useActs()
  const { store } = acts
  /** The beginning of the speech for which one was asked already, or needed not to be. */
  const answered = useSignal<string | null>(null)
  const since = store.meeting.value?.floor.since ?? null
  const close = () => {
    answered.value = since
  }
  // Who mutes themselves while they speak, or is muted, was invited already.
  useSignalEffect(() => {
    if (!store.holdsFloor.value || !store.sends.value.microphone) return
    answered.value = store.meeting.value?.floor.since ?? null
  })
  const meeting = store.meeting.value
  const isApart = store.media.value === 'apart'
  const isInvited =
    store.holdsFloor.value &&
    store.role.value !== 'chair' &&
    (isApart || (store.rights.value.has('microphone') && !store.sends.value.microphone))
  const t = text.value.invited
  if (!isInvited || since === answered.value) return null
  if (isApart) {
    const { here } = text.value
    return (
      <Modal title={t.title} onClose={close}>
        <p>{here.floorLead((meeting && screenOf(meeting, store.me.value)?.name) ?? '')}</p>
        <button type="button" class="primary" onClick={close}>
          {here.understood}
        </button>
      </Modal>
    )
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
