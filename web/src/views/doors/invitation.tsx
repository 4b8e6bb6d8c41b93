/** The invitation that a personal link shows before the doors are open: when, where, what about, and one's answer. */
import { CalendarPlus, Check, DoorOpen, FileDown, UserPlus, X } from 'lucide'
import { useId, useRef, useState } from 'preact/hooks'
import type { Choice, Invitation, SubstituteNamed } from '../../gen/protocol'
import { problemOf } from '../../protocol/http'
import { answerForm, answerInvitation, download, nameSubstitute, newKey } from '../../protocol/invitation'
import { language, text } from '../../state/i18n'
import { invitedText } from '../../state/invited/i18n'
import { doorsOpen } from '../../state/meeting'
import { adviceOf } from '../../state/problems'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { Opinion } from './opinion'

interface Props {
  token: string
  first: Invitation
  onEnter: () => void
}

type Form = 'decline' | 'substitute' | null

export function InvitationScreen({ token, first, onEnter }: Props) {
  const [view, setView] = useState(first)
  const [form, setForm] = useState<Form>(null)
  const [named, setNamed] = useState<SubstituteNamed | null>(null)
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const sent = useRef({ words: '', key: '' })
  const t = invitedText.value
  const leads = view.role === 'chair' || view.role === 'secretary'
  const mayAnswer = (view.state === 'invited' || doorsOpen(view)) && view.answer !== 'substituted'

  /** What a weak line did not answer is sent again as the same request. */
  function keyOf(words: string): string {
    if (sent.current.words !== words) sent.current = { words, key: newKey() }
    return sent.current.key
  }

  async function carryOut<T>(what: Promise<T>): Promise<T | null> {
    setFault('')
    setSending(true)
    try {
      return await what
    } catch (error) {
      const { what: happened, todo } = adviceOf(problemOf(error), text.value)
      setFault(`${happened} ${todo}`)
      return null
    } finally {
      setSending(false)
    }
  }

  async function answer(says: 'accepted' | 'declined', reason = '') {
    const next = await carryOut(
      answerInvitation({ token, key: keyOf(`${says} ${reason}`), answer: says, reason }),
    )
    if (next === null) return
    setView(next)
    setForm(null)
  }

  async function opine(vote: string, choice: Choice, words: string) {
    const key = keyOf(`${vote} ${choice} ${words}`)
    const next = await carryOut(answerForm({ token, key, vote, choice, text: words }))
    if (next !== null) setView(next)
  }

  async function substitute(who: { name: string; title: string; email: string }) {
    const done = await carryOut(nameSubstitute({ token, key: keyOf(JSON.stringify(who)), ...who }))
    if (done === null) return
    setNamed(done)
    setView({ ...view, answer: 'substituted', substitute: done.name })
    setForm(null)
  }

  async function keep(what: 'letter' | 'calendar') {
    const file = await carryOut(download(token, what))
    if (file === null) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(file)
    link.download = file.name
    link.click()
    URL.revokeObjectURL(link.href)
  }

  return (
    <Door>
      <div>
        <p class="soft">{view.unit}</p>
        <Heading>{view.title}</Heading>
      </div>
      <section class="card fields">
        <p class="lead">{t.greeting(view.name)}</p>
        <dl class="facts">
          <dt>{t.when}</dt>
          <dd>{moment(view.starts_at)}</dd>
          <dt>{t.where}</dt>
          <dd>{view.place || t.online}</dd>
        </dl>
        {view.agenda.length > 0 && (
          <details>
            <summary>{t.agenda}</summary>
            <ul class="plain">
              {view.agenda.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </details>
        )}
        {view.has_letter && view.answer !== 'substituted' && (
          <div class="actions">
            <button type="button" disabled={isSending} onClick={() => void keep('letter')}>
              <Icon of={FileDown} />
              {t.letter}
            </button>
            <button type="button" disabled={isSending} onClick={() => void keep('calendar')}>
              <Icon of={CalendarPlus} />
              {t.diary}
            </button>
          </div>
        )}
      </section>
      {view.state === 'postponed' && <p class="lead">{t.postponed}</p>}
      {!mayAnswer && view.answer === 'pending' && view.state !== 'postponed' && (
        <p class="soft">{t.notYet}</p>
      )}
      {(mayAnswer || view.answer !== 'pending') && (
        <section class="card fields" aria-label={t.yourAnswer}>
          <h2>{t.yourAnswer}</h2>
          <p role="status" class={`answer ${view.answer}`}>
            <b>
              {view.substitute ? t.named(view.substitute) : view.was_here ? t.wasHere : t.answer[view.answer]}
            </b>
            {view.answer === 'declined' && view.reason && <span class="soft"> {t.because(view.reason)}</span>}
          </p>
          {view.answer === 'declined' && (
            <p class={view.excused === false ? 'warning' : 'soft'}>
              {view.excused === null ? t.undecided : view.excused ? t.excused : t.unexcused}
            </p>
          )}
          {named && <HandOn named={named} />}
          {fault && (
            <p class="fault" role="alert">
              {fault}
            </p>
          )}
          {mayAnswer && form === null && (
            <div class="actions">
              {view.answer !== 'accepted' && (
                <button
                  type="button"
                  class="primary"
                  disabled={isSending}
                  onClick={() => void answer('accepted')}
                >
                  <Icon of={Check} />
                  {t.accept}
                </button>
              )}
              {view.answer !== 'declined' && !view.was_here && (
                <button type="button" disabled={isSending} onClick={() => setForm('decline')}>
                  <Icon of={X} />
                  {t.decline}
                </button>
              )}
              {!leads && !view.was_here && (
                <button type="button" disabled={isSending} onClick={() => setForm('substitute')}>
                  <Icon of={UserPlus} />
                  {t.substitute}
                </button>
              )}
            </div>
          )}
          {form === 'decline' && (
            <Decline
              isSending={isSending}
              onSend={(reason) => void answer('declined', reason)}
              onClose={() => setForm(null)}
            />
          )}
          {form === 'substitute' && (
            <Substitute
              isSending={isSending}
              onSend={(who) => void substitute(who)}
              onClose={() => setForm(null)}
            />
          )}
        </section>
      )}
      {view.opinion && view.answer !== 'substituted' && (
        <Opinion
          form={view.opinion}
          isSending={isSending}
          due={moment(view.opinion.due_at)}
          onSend={(choice, words) => view.opinion && void opine(view.opinion.vote, choice, words)}
        />
      )}
      {view.answer !== 'substituted' && (
        <div class="actions">
          <button type="button" class={leads ? 'primary' : 'quiet'} onClick={onEnter}>
            <Icon of={DoorOpen} />
            {leads ? t.enter : t.enterEarly}
          </button>
        </div>
      )}
    </Door>
  )
}

interface FormProps<T> {
  isSending: boolean
  onSend: (what: T) => void
  onClose: () => void
}

function Decline({ isSending, onSend, onClose }: FormProps<string>) {
  const t = invitedText.value
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const id = useId()
  return (
    <form
      class="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(!reason.trim())
        if (reason.trim()) onSend(reason.trim())
      }}
    >
      <div>
        <label for={id}>{t.reason}</label>
        <textarea
          id={id}
          rows={3}
          maxLength={500}
          value={reason}
          required
          aria-invalid={isMissing}
          aria-describedby={`${id}-hint`}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <p
          id={`${id}-hint`}
          class={isMissing ? 'fault' : 'small soft'}
          role={isMissing ? 'alert' : undefined}
        >
          {isMissing ? t.reasonMissing : t.reasonSeen}
        </p>
      </div>
      <Buttons isSending={isSending} onClose={onClose} />
    </form>
  )
}

function Substitute({
  isSending,
  onSend,
  onClose,
}: FormProps<{ name: string; title: string; email: string }>) {
  const t = invitedText.value
  const [who, setWho] = useState({ name: '', title: '', email: '' })
  const [isMissing, setMissing] = useState(false)
  const id = useId()
  const field = (name: keyof typeof who, label: string, length: number) => (
    <div>
      <label for={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        inputMode={name === 'email' ? 'email' : 'text'}
        maxLength={length}
        autocomplete="off"
        value={who[name]}
        aria-invalid={name === 'name' && isMissing}
        onInput={(event) => setWho({ ...who, [name]: event.currentTarget.value })}
      />
      {name === 'name' && isMissing && (
        <p class="fault" role="alert">
          {t.nameMissing}
        </p>
      )}
      {name === 'email' && <p class="small soft">{t.emailHint}</p>}
    </div>
  )
  return (
    <form
      class="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(!who.name.trim())
        if (who.name.trim()) onSend(who)
      }}
    >
      <p class="soft">{t.substituteLead}</p>
      {field('name', t.name, 120)}
      {field('title', t.position, 200)}
      {field('email', t.email, 254)}
      <Buttons isSending={isSending} onClose={onClose} />
    </form>
  )
}

function Buttons({ isSending, onClose }: { isSending: boolean; onClose: () => void }) {
  const t = invitedText.value
  return (
    <div class="actions">
      <button type="submit" class="primary" disabled={isSending}>
        {isSending ? t.sending : t.send}
      </button>
      <button type="button" onClick={onClose}>
        {text.value.cancel}
      </button>
    </div>
  )
}

function HandOn({ named }: { named: SubstituteNamed }) {
  const t = invitedText.value
  const [isCopied, setCopied] = useState(false)
  if (!named.link) return null
  return (
    <>
      <p>{named.is_mailed ? t.mailed : t.handOn}</p>
      <p class="token num">{named.link}</p>
      <div class="actions">
        <button
          type="button"
          class="primary"
          onClick={() => void navigator.clipboard.writeText(named.link).then(() => setCopied(true))}
        >
          {t.copy}
        </button>
      </div>
      <p role="status">{isCopied && t.copied}</p>
    </>
  )
}

function moment(iso: string): string {
  return new Intl.DateTimeFormat(language.value, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(new Date(iso))
}
