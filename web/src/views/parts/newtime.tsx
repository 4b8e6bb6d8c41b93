/** The form of a meeting's new time and place, for the office and for those who lead it. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { MeetingState } from '../../gen/protocol'
import { fieldOf, momentOf } from '../../state/office/times'
import { reschedulingText } from '../../state/rescheduling/i18n'

/** In these a meeting may be given another time. */
export const MOVABLE: readonly MeetingState[] = ['draft', 'submitted', 'approved', 'invited', 'postponed']

interface Props {
  meeting: { state: MeetingState; starts_at: string; place: string }
  isSending: boolean
  onSend: (starts_at: string, place: string) => void
  /** What may be pressed instead. */
  children?: ComponentChildren
}

export function NewTime({ meeting, isSending, onSend, children }: Props) {
  const time = useSignal(fieldOf(meeting.starts_at))
  const place = useSignal(meeting.place)
  const fault = useSignal<'none' | 'past' | 'same' | null>(null)
  const id = useId()
  const t = reschedulingText.value

  function send(event: SubmitEvent) {
    event.preventDefault()
    const moment = momentOf(time.value)
    const isSame = time.value === fieldOf(meeting.starts_at) && place.value.trim() === meeting.place
    if (moment === null) fault.value = 'none'
    else if (Date.parse(moment) <= Date.now()) fault.value = 'past'
    else if (isSame && meeting.state !== 'postponed') fault.value = 'same'
    else fault.value = null
    if (moment !== null && fault.value === null) onSend(moment, place.value.trim())
    else document.getElementById(`${id}-time`)?.focus()
  }

  return (
    <form class="fields" noValidate onSubmit={send}>
      <div>
        <label for={`${id}-time`}>{t.time}</label>
        <input
          id={`${id}-time`}
          type="datetime-local"
          value={time.value}
          aria-invalid={fault.value !== null}
          aria-describedby={`${id}-fault`}
          onInput={(event) => {
            time.value = event.currentTarget.value
          }}
        />
        <p id={`${id}-fault`} class="fault" role="alert">
          {fault.value && t.fault[fault.value]}
        </p>
      </div>
      <div>
        <label for={`${id}-place`}>{t.place}</label>
        <input
          id={`${id}-place`}
          maxLength={500}
          value={place.value}
          onInput={(event) => {
            place.value = event.currentTarget.value
          }}
        />
      </div>
      {meeting.state !== 'postponed' && (
        <p class="small soft">{meeting.state === 'invited' ? t.told : t.untold}</p>
      )}
      {meeting.state === 'postponed' && <p class="small soft">{t.postponed}</p>}
      <p class="small soft">{t.agenda}</p>
      <div class="actions">
        {children}
        <button type="submit" class="primary" disabled={isSending}>
          {isSending ? t.sending : meeting.state === 'invited' ? t.sendAndTell : t.send}
        </button>
      </div>
    </form>
  )
}
