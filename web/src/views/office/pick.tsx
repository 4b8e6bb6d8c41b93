/** Choosing people of the organisation to invite, in one role. */
import { useSignal } from '@preact/signals'
import type { OfficeMeeting, OfficePeople, Role } from '../../gen/protocol'
import { invite } from '../../protocol/office'
import { text } from '../../state/i18n'
import { officeText } from '../../state/office/i18n'
import { Modal } from '../parts/modal'
import { Segments } from '../parts/segments'
import { useChange } from './asking'
import { Choose, type Chosen } from './choose'

interface Props {
  meeting: OfficeMeeting
  given?: OfficePeople | null
  onInvited: (meeting: OfficeMeeting) => void
  onClose: () => void
}

const ROLES = ['chair', 'secretary', 'delegate', 'guest'] as const satisfies readonly Role[]

export function Pick({ meeting, given = null, onInvited, onClose }: Props) {
  const hasChair = meeting.invited.some((one) => one.role === 'chair')
  const role = useSignal<(typeof ROLES)[number]>(hasChair ? 'delegate' : 'chair')
  const chosen = useSignal<Chosen>(new Map())
  const { make, isSending, problem } = useChange()
  const t = officeText.value.pick
  const invited = new Set(meeting.invited.map((one) => one.person))

  async function send() {
    const content = { role: role.value, people: [...chosen.value.keys()] }
    const changed = await make((keyFor) => invite(meeting.id, { ...content, key: keyFor(content) }))
    if (changed === null) return
    onInvited(changed)
    onClose()
  }

  return (
    <Modal title={t.title} class="broad" onClose={onClose}>
      <Segments label={t.role} options={ROLES} names={text.value.role} value={role} />
      <Choose chosen={chosen} taken={invited} problem={problem.value} given={given} />
      <div class="actions">
        <button type="button" onClick={onClose}>
          {officeText.value.cancel}
        </button>
        <button
          type="button"
          class="primary"
          disabled={chosen.value.size === 0 || isSending.value}
          onClick={() => void send()}
        >
          {t.send}
        </button>
      </div>
    </Modal>
  )
}
