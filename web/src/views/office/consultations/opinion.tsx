/** The answer of a unit, signed by who gives it. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Consultation, OfficeMe, OpinionChoice } from '../../../gen/protocol'
import { giveOpinion } from '../../../protocol/consultations'
import { consultationText } from '../../../state/consultations/i18n'
import { officeText } from '../../../state/office/i18n'
import { useChange } from '../asking'
import { Choose, Field, Refusal } from '../fields'
import { useKept } from '../kept'

const CHOICES = ['agree', 'disagree', 'other'] as const satisfies readonly OpinionChoice[]

interface Props {
  seen: Consultation
  me: OfficeMe
  onChange: (changed: Consultation) => void
}

export function OpinionForm({ seen, me, onChange }: Props) {
  const has = seen.units.some((unit) => unit.id === seen.answers_for && unit.opinions.length > 0)
  const isOpen = useSignal(!has)
  const t = consultationText.value.opinion
  useEffect(() => {
    isOpen.value = !has
  }, [has])
  if (!isOpen.value) {
    return (
      <section class="card col">
        <p role="status">
          <span class="pill ok">{t.given}</span>
        </p>
        <p class="soft">{t.againLead}</p>
        <div class="actions">
          <button
            type="button"
            onClick={() => {
              isOpen.value = true
            }}
          >
            {t.again}
          </button>
        </div>
      </section>
    )
  }
  return (
    <Form
      seen={seen}
      me={me}
      onChange={(changed) => {
        isOpen.value = false
        onChange(changed)
      }}
    />
  )
}

function Form({ seen, me, onChange }: Props) {
  const { make, isSending, problem } = useChange()
  const choice = useSignal<OpinionChoice | null>(null)
  const [text, forget] = useKept(`opinion-${seen.id}`)
  const faults = useSignal<{ choice?: string; text?: string }>({})
  const t = consultationText.value

  async function send(event: SubmitEvent) {
    event.preventDefault()
    const chosen = choice.value
    faults.value = {
      ...(chosen === null && { choice: t.opinion.fault.choice }),
      ...(chosen !== null &&
        chosen !== 'agree' &&
        text.value.trim() === '' && { text: t.opinion.fault.text }),
    }
    if (Object.keys(faults.value).length > 0 || chosen === null) return
    const content = { choice: chosen, text: text.value }
    const changed = await make((keyFor) => giveOpinion(seen.id, { ...content, key: keyFor(content) }))
    if (changed === null) return
    forget()
    onChange(changed)
  }

  return (
    <section class="card col">
      <h2>{t.opinion.title}</h2>
      <form class="fields" onSubmit={(event) => void send(event)} noValidate>
        <Refusal problem={problem.value} />
        <Choose
          label={t.opinion.choice}
          options={CHOICES}
          names={t.choice}
          value={choice}
          fault={faults.value.choice ?? ''}
        />
        <Field
          label={choice.value === 'agree' ? t.opinion.textOptional : t.opinion.text}
          fault={faults.value.text ?? ''}
        >
          {(attributes) => (
            <textarea
              {...attributes}
              rows={6}
              maxLength={10_000}
              value={text.value}
              onInput={(event) => {
                text.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <p class="small soft">{t.opinion.signed(me.name)}</p>
        <div class="actions">
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? officeText.value.saving : t.opinion.send}
          </button>
        </div>
      </form>
    </section>
  )
}
