/** For those who invite: the letter, whom it reaches, and what they answer. Answers appear as they come in. */
import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Guest, GuestList, Participant } from '../../../gen/protocol'
import { guestList } from '../../../protocol/http'
import { text } from '../../../state/i18n'
import { invitingText } from '../../../state/inviting/i18n'
import { attendants } from '../../../state/meeting'
import { byGivenName } from '../../../state/names'
import { reschedulingText } from '../../../state/rescheduling/i18n'
import { order, useActs } from '../../acts'
import { Modal } from '../../parts/modal'
import { MOVABLE, NewTime } from '../../parts/newtime'
import { LetterForm } from './letter'
import { Reminders } from './reminders'

const AGAIN_MS = 10_000

export function Inviting({ onClose, given = null }: { onClose: () => void; given?: GuestList | null }) {
  const acts = useActs()
  const { store } = acts
  const list = useSignal<GuestList | null>(given)
  const said = useSignal('')
  const t = invitingText.value
  const answers = useComputed(() => (store.meeting.value?.participants ?? []).map((p) => p.answer).join())
  const refresh = async () => {
    if (given) return
    list.value = await guestList().catch(() => list.value)
  }
  // What becomes of a mail is told by nobody; answers come with the log.
  useEffect(() => {
    void refresh()
    const timer = setInterval(() => void refresh(), AGAIN_MS)
    return () => clearInterval(timer)
  }, [answers.value])
  const meeting = store.meeting.value
  if (meeting === null) return null
  const rows = new Map(list.value?.guests.map((guest) => [guest.participant, guest]))
  const people = [...attendants(meeting)].sort((a, b) => byGivenName(a.name, b.name))
  const isBefore = meeting.state === 'draft' || meeting.state === 'submitted' || meeting.state === 'approved'
  const mails = [...rows.values()].filter((guest) => guest.email).length
  const act = async (what: Parameters<typeof order>[1], done = '') => {
    const { ok } = await order(acts, what)
    said.value = ok ? done : ''
    await refresh()
    return ok
  }
  return (
    <Modal title={t.title} class="broad" onClose={onClose}>
      <p role="status">{said.value}</p>
      {list.value === null && <p class="soft">{t.loading}</p>}
      {list.value && (isBefore || meeting.state === 'postponed') && (
        <LetterForm
          words={list.value.words}
          onSave={(words) => void act({ type: 'write_letter', words }, t.saved)}
        />
      )}
      {list.value && !list.value.sends_mail && mails > 0 && <p class="soft">{t.noServer}</p>}
      {meeting.state === 'approved' && list.value && (
        <>
          <p class="soft">{t.goOutLead(mails)}</p>
          <button
            type="button"
            class="primary"
            disabled={!list.value.is_written}
            onClick={() => void act({ type: 'invite' })}
          >
            {t.goOut}
          </button>
        </>
      )}
      {isBefore && meeting.state !== 'approved' && <p class="soft">{t.waitsForApproval}</p>}
      {meeting.state === 'invited' && (
        <button type="button" onClick={() => void act({ type: 'remind' }, t.reminded)}>
          {t.remind}
        </button>
      )}
      {list.value && (
        <Reminders
          key={JSON.stringify(list.value.reminders)}
          rules={list.value.reminders}
          sent={list.value.sent}
          onSave={(rules) => void act({ type: 'set_reminders', ...rules }, t.reminders.saved)}
        />
      )}
      {MOVABLE.includes(meeting.state) && (
        <details key={meeting.starts_at} open={meeting.state === 'postponed'}>
          <summary>{reschedulingText.value.title}</summary>
          <NewTime
            meeting={meeting}
            isSending={false}
            onSend={(starts_at, place) =>
              void act(
                { type: 'reschedule', before: meeting.starts_at, starts_at, place },
                reschedulingText.value.done,
              )
            }
          />
        </details>
      )}
      <h3>{t.guests(people.length)}</h3>
      <ul class="guests">
        {people.map((person) => (
          <li key={person.id}>
            <GuestRow
              person={person}
              guest={rows.get(person.id) ?? null}
              isOut={!isBefore}
              isWritten={list.value?.is_written ?? false}
              onAddress={(email) => void act({ type: 'set_address', participant: person.id, email })}
              onResend={() => void act({ type: 'resend', participants: [person.id] }, t.resent)}
              onDecide={(excused) => void act({ type: 'decide_absence', participant: person.id, excused })}
              onAnswer={(answer) =>
                void act({
                  type: 'answer_invitation',
                  participant: person.id,
                  answer,
                  reason: answer === 'declined' ? t.onBehalf : '',
                })
              }
            />
          </li>
        ))}
      </ul>
      <button type="button" onClick={onClose}>
        {text.value.close}
      </button>
    </Modal>
  )
}

interface RowProps {
  person: Participant
  guest: Guest | null
  isOut: boolean
  isWritten: boolean
  onAddress: (email: string) => void
  onAnswer: (answer: 'accepted' | 'declined') => void
  onResend: () => void
  onDecide: (excused: boolean) => void
}

const TONE = { pending: '', accepted: 'ok', declined: 'gold', substituted: '' } as const

function GuestRow({ person, guest, isOut, isWritten, onAddress, onAnswer, onResend, onDecide }: RowProps) {
  const t = invitingText.value
  const standing = guest?.excused ? 'excused' : guest?.excused === false ? 'unexcused' : 'undecided'
  const isAddressed = guest !== null && guest.email !== ''
  return (
    <>
      <div class="row wrap">
        <span class="grow">
          <b>{person.name}</b>
          <span class="small soft"> {[person.title, person.unit].filter(Boolean).join(' · ')}</span>
        </span>
        <span class={`pill ${TONE[person.answer]}`}>
          {person.answer === 'declined' ? t[standing] : t.answer[person.answer]}
        </span>
      </div>
      {guest?.is_opened && person.answer === 'pending' && <p class="small soft">{t.opened}</p>}
      {guest?.reason && <p class="small soft">{guest.reason}</p>}
      {guest?.mail && (
        <p class={`small ${guest.mail === 'refused' ? 'fault' : 'soft'}`}>
          {[guest.fault !== 'not_noted' && t.mail[guest.mail], guest.fault && t.fault[guest.fault]]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      <div class="row wrap">
        <input
          class="grow"
          type="email"
          maxLength={254}
          autocomplete="off"
          placeholder={t.emailShort}
          aria-label={t.email(person.name)}
          value={guest?.email ?? ''}
          onChange={(event) => {
            const email = event.currentTarget.value.trim()
            if (email !== (guest?.email ?? '') || isAddressed !== (email !== '')) onAddress(email)
          }}
        />
        {isWritten && (
          <a
            class="button"
            href={`/api/guests/${person.id}/letter`}
            download="Giay-moi.pdf"
            aria-label={t.paperLong(person.name)}
          >
            {t.paper}
          </a>
        )}
        {isOut && person.answer === 'declined' && !guest?.excused && (
          <button
            type="button"
            class="primary"
            aria-label={t.agreeLong(person.name)}
            onClick={() => onDecide(true)}
          >
            {t.agree}
          </button>
        )}
        {isOut && person.answer === 'declined' && guest?.excused !== false && (
          <button type="button" aria-label={t.disagreeLong(person.name)} onClick={() => onDecide(false)}>
            {t.disagree}
          </button>
        )}
        {isOut && isAddressed && guest.mail === 'refused' && (
          <button type="button" aria-label={t.resendLong(person.name)} onClick={onResend}>
            {t.resend}
          </button>
        )}
        {isOut && person.answer !== 'accepted' && (
          <button type="button" aria-label={t.comesLong(person.name)} onClick={() => onAnswer('accepted')}>
            {t.comes}
          </button>
        )}
        {isOut && person.answer !== 'declined' && person.role !== 'chair' && (
          <button type="button" aria-label={t.absentLong(person.name)} onClick={() => onAnswer('declined')}>
            {t.absent}
          </button>
        )}
      </div>
    </>
  )
}
