/** The open address of a meeting: a guest says who they are and asks to be let in. */
import { useEffect, useId, useState } from 'preact/hooks'
import type { Problem } from '../../gen/protocol'
import { knock, type OpenMeeting, openMeeting, problemOf } from '../../protocol/http'
import { text } from '../../state/i18n'
import { adviceOf } from '../../state/problems'
import { MEETING } from '../../state/route'
import type { Go } from '../app'
import { Advice } from '../parts/advice'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { EnterProblem } from './enter'

interface Props {
  meeting: string
  device: string
  go: Go
  open?: OpenMeeting
}

export function Knock({ meeting, device, go, open: given }: Props) {
  const [open, setOpen] = useState<OpenMeeting | null>(given ?? null)
  /** Why the meeting cannot be named; why one may not knock. */
  const [problem, setProblem] = useState<Problem | null>(null)
  const [refusal, setRefusal] = useState<Problem | null>(null)
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const [name, unit] = [useId(), useId()]
  const look = () => {
    setProblem(null)
    openMeeting(meeting).then(setOpen, (error: unknown) => setProblem(problemOf(error)))
  }
  useEffect(() => {
    if (!given) look()
  }, [meeting, given])
  const t = text.value

  async function send(event: SubmitEvent) {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const [who, from] = [String(form.get('name')).trim(), String(form.get('unit')).trim()]
    if (!who) return setFault(t.knock.nameMissing)
    setFault('')
    setRefusal(null)
    setSending(true)
    try {
      go(MEETING, await knock({ meeting, name: who, unit: from, device }))
    } catch (error) {
      setRefusal(problemOf(error))
    } finally {
      setSending(false)
    }
  }

  if (problem) {
    return (
      <EnterProblem problem={problem}>
        <button type="button" onClick={look}>
          {t.retry}
        </button>
      </EnterProblem>
    )
  }
  return (
    <Door>
      <div>
        <p class="soft">{open?.unit}</p>
        <Heading>{open?.title ?? t.loading}</Heading>
      </div>
      <form class="card fields" onSubmit={(event) => void send(event)} noValidate>
        <p>{t.knock.lead}</p>
        <div>
          <label for={name}>{t.knock.name}</label>
          <input
            id={name}
            name="name"
            autocomplete="name"
            maxLength={120}
            required
            aria-invalid={fault !== ''}
          />
          {fault && (
            <p class="fault" role="alert">
              {fault}
            </p>
          )}
        </div>
        <div>
          <label for={unit}>{t.knock.unit}</label>
          <input id={unit} name="unit" autocomplete="organization" maxLength={200} />
        </div>
        {refusal && (
          <div>
            <Advice {...adviceOf(refusal, t)} />
          </div>
        )}
        <div class="actions">
          <button type="submit" class="primary" disabled={isSending}>
            {isSending ? t.knock.sending : t.knock.send}
          </button>
        </div>
      </form>
    </Door>
  )
}
