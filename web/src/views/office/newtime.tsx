/** Another time for a meeting, asked for in a dialog. */
import { useSignal } from '@preact/signals'
import { CalendarClock } from 'lucide'
import type { ComponentChildren } from 'preact'
import type { OfficeMeeting } from '../../gen/protocol'
import { reschedule } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { reschedulingText } from '../../state/rescheduling/i18n'
import { Icon } from '../parts/icon'
import { Modal } from '../parts/modal'
import { MOVABLE, NewTime } from '../parts/newtime'
import { useChange } from './asking'
import { Refusal } from './fields'

interface Props {
  meeting: OfficeMeeting
  onChange: (meeting: OfficeMeeting) => void
  opened?: boolean
  /** What else can be done with the meeting. */
  children: ComponentChildren
}

export function Rescheduling({ meeting, onChange, opened = false, children }: Props) {
  const isOpen = useSignal(opened)
  const said = useSignal('')
  const { make, isSending, problem } = useChange()
  const t = reschedulingText.value
  if (!MOVABLE.includes(meeting.state)) return <div class="actions">{children}</div>
  const close = () => {
    isOpen.value = false
  }

  async function send(starts_at: string, place: string) {
    const content = { before: meeting.starts_at, starts_at, place }
    const changed = await make((keyFor) => reschedule(meeting.id, { ...content, key: keyFor(content) }))
    if (changed === null) return
    said.value = t.done
    close()
    onChange(changed)
  }

  return (
    <>
      {meeting.state === 'postponed' && <p class="warning">{t.postponed}</p>}
      <div class="actions">
        <button
          type="button"
          class={meeting.state === 'postponed' ? 'primary' : ''}
          onClick={() => {
            said.value = ''
            isOpen.value = true
          }}
        >
          <Icon of={CalendarClock} />
          {t.open}
        </button>
        {children}
      </div>
      <p role="status">{said.value}</p>
      {isOpen.value && (
        <Modal title={t.title} onClose={close}>
          <Refusal problem={problem.value} />
          <NewTime
            meeting={meeting}
            isSending={isSending.value}
            onSend={(starts_at, place) => void send(starts_at, place)}
          >
            <button type="button" onClick={close}>
              {officeText.value.cancel}
            </button>
          </NewTime>
        </Modal>
      )}
    </>
  )
}
