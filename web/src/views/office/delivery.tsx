/** What became of invitations, and sending them again. */
import { useSignal } from '@preact/signals'
import { Send } from 'lucide'
import type { OfficeInvited, OfficeMeeting } from '../../gen/protocol'
import { resend, setAddress } from '../../protocol/office'
import { invitingText } from '../../state/inviting/i18n'
import { officeText } from '../../state/office/i18n'
import { Icon } from '../parts/icon'
import { Modal } from '../parts/modal'
import { useChange } from './asking'
import { Field, Refusal, valuesOf } from './fields'

const OUT: readonly OfficeMeeting['state'][] = ['invited', 'check_in', 'in_session', 'paused']
const TONE = { pending: '', accepted: 'ok', declined: 'gold', substituted: '' } as const

export function lettersAreOut(meeting: OfficeMeeting): boolean {
  return OUT.includes(meeting.state)
}

/** The mail, whether the page was looked at, the answer. */
export function Reached({ one }: { one: OfficeInvited }) {
  const t = invitingText.value
  const told = [
    one.email,
    one.mail && one.fault !== 'not_noted' && t.mail[one.mail],
    one.is_opened && one.answer === 'pending' && t.opened,
  ].filter(Boolean)
  return (
    <>
      {told.length > 0 && <div class="small soft">{told.join(' · ')}</div>}
      {one.fault && (
        <div class={`small ${one.mail === 'refused' ? 'fault' : 'soft'}`}>{t.fault[one.fault]}</div>
      )}
    </>
  )
}

export function AnswerPill({ one }: { one: OfficeInvited }) {
  return <span class={`pill ${TONE[one.answer]}`}>{invitingText.value.answer[one.answer]}</span>
}

interface Props {
  meeting: OfficeMeeting
  onChange: (meeting: OfficeMeeting) => void
}

/** To all whom the last mail did not reach, at the addresses they have. */
export function ResendFailed({ meeting, onChange }: Props) {
  const { make, isSending, problem } = useChange()
  const said = useSignal('')
  const t = invitingText.value
  const failed = meeting.invited.filter((one) => one.mail === 'refused' && one.email)

  async function send() {
    const content = { participants: failed.map((one) => one.id) }
    const changed = await make((keyFor) => resend(meeting.id, { ...content, key: keyFor(content) }))
    if (changed === null) return
    said.value = t.resent
    onChange(changed)
  }

  return (
    <>
      <Refusal problem={problem.value} />
      {lettersAreOut(meeting) && failed.length > 0 && (
        <div class="actions">
          <button type="button" disabled={isSending.value} onClick={() => void send()}>
            <Icon of={Send} />
            {t.resendFailed(failed.length)}
          </button>
        </div>
      )}
      {lettersAreOut(meeting) && !meeting.sends_mail && <p class="small soft">{t.noServer}</p>}
      <p role="status">{said.value}</p>
    </>
  )
}

interface ResendProps extends Props {
  whom: OfficeInvited
  onClose: () => void
}

/** To one, after a look at the address. */
export function Resend({ meeting, whom, onChange, onClose }: ResendProps) {
  const { make, isSending, problem } = useChange()
  const isMissing = useSignal(false)
  const t = invitingText.value

  async function send(event: SubmitEvent) {
    const email = valuesOf(event)('email')
    isMissing.value = email === ''
    if (isMissing.value) return
    const changed = await make(async (keyFor) => {
      if (email !== whom.email) {
        const address = { participant: whom.id, email }
        await setAddress(meeting.id, { ...address, key: keyFor(address) })
      }
      const content = { participants: [whom.id] }
      return resend(meeting.id, { ...content, key: keyFor({ ...content, email }) })
    })
    if (changed === null) return
    onChange(changed)
    onClose()
  }

  return (
    <Modal title={t.resendTitle} onClose={onClose}>
      <form class="fields" onSubmit={(event) => void send(event)} noValidate>
        <p>
          <b>{whom.name}</b>
          <span class="small soft"> {[whom.title, whom.unit].filter(Boolean).join(' · ')}</span>
        </p>
        {whom.fault && <p class="small fault">{t.fault[whom.fault]}</p>}
        <Refusal problem={problem.value} />
        <Field label={t.resendEmail} fault={isMissing.value ? t.resendMissing : ''}>
          {(attributes) => (
            <input
              {...attributes}
              name="email"
              inputMode="email"
              maxLength={254}
              autocomplete="off"
              defaultValue={whom.email}
            />
          )}
        </Field>
        <div class="actions">
          <button type="button" onClick={onClose}>
            {officeText.value.cancel}
          </button>
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? officeText.value.saving : t.resend}
          </button>
        </div>
      </form>
    </Modal>
  )
}
