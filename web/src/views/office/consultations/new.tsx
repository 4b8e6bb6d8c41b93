/** The form of a new consultation; what is typed stays in the browser until it was sent. */
import { useSignal } from '@preact/signals'
import { ArrowLeft } from 'lucide'
import type { ConsultationChoices, OfficeMe } from '../../../gen/protocol'
import { choices as askChoices, newConsultation } from '../../../protocol/consultations'
import { misaddressedOf } from '../../../state/consultations/addresses'
import { consultationText } from '../../../state/consultations/i18n'
import { officeText } from '../../../state/office/i18n'
import { momentOf } from '../../../state/office/times'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { useAnswer, useChange } from '../asking'
import { Field, Refusal, UnitField } from '../fields'
import { useKept } from '../kept'
import { Link, replace } from '../place'
import { CONSULTATIONS } from './list'
import { UnitPick } from './units'

const NOBODY: ReadonlySet<string> = new Set()

interface Faults {
  title?: string
  unit?: string
  deadline?: string
  signer?: string
  units?: string
  /** Units by id. */
  misaddressed?: ReadonlySet<string>
}

export function NewConsultation({ me, given = null }: { me: OfficeMe; given?: ConsultationChoices | null }) {
  const { answer, problem: unloaded } = useAnswer(askChoices, [], given)
  const { make, isSending, problem } = useChange()
  const [title, forgetTitle] = useKept('consultation-title')
  const [note, forgetNote] = useKept('consultation-note')
  const [deadline, forgetDeadline] = useKept('consultation-deadline')
  const [signer, forgetSigner] = useKept('consultation-signer')
  const [unit, forgetUnit] = useKept('consultation-unit', me.unit)
  const chosen = useSignal<ReadonlyMap<string, string>>(new Map())
  const faults = useSignal<Faults>({})
  const t = consultationText.value.fresh
  const known = answer.value
  const leading = new Set(known?.leading)

  async function send(event: SubmitEvent) {
    event.preventDefault()
    const until = momentOf(deadline.value)
    const isPast = until === null || new Date(until).getTime() <= Date.now()
    const misaddressed = misaddressedOf(chosen.value)
    faults.value = {
      ...(title.value.trim() === '' && { title: t.fault.title }),
      ...(unit.value === '' && { unit: t.fault.unit }),
      ...(isPast && { deadline: t.fault.deadline }),
      ...(signer.value === '' && { signer: t.fault.signer }),
      ...(chosen.value.size === 0 && { units: t.fault.units }),
      ...(misaddressed.size > 0 && { misaddressed }),
    }
    if (Object.keys(faults.value).length > 0 || until === null) return
    const content = {
      unit: unit.value,
      title: title.value,
      note: note.value,
      deadline: until,
      signer: signer.value,
      units: [...chosen.value].map(([unit, email]) => ({ unit, email: email.trim() })),
    }
    const made = await make((keyFor) => newConsultation({ ...content, key: keyFor(content) }))
    if (made === null) return
    for (const forget of [forgetTitle, forgetNote, forgetDeadline, forgetSigner, forgetUnit]) forget()
    replace(`${CONSULTATIONS}/${made.consultation}`)
  }

  return (
    <>
      <Link to={CONSULTATIONS} class="button quiet return">
        <Icon of={ArrowLeft} />
        {consultationText.value.title}
      </Link>
      <div>
        <Heading>{t.title}</Heading>
        <p class="soft">{t.lead}</p>
      </div>
      <form class="card fields" onSubmit={(event) => void send(event)} noValidate>
        <Refusal problem={problem.value ?? unloaded.value} />
        <Field label={t.name} fault={faults.value.title ?? ''}>
          {(attributes) => (
            <input
              {...attributes}
              maxLength={500}
              value={title.value}
              onInput={(event) => {
                title.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <Field label={t.note}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={3}
              maxLength={2000}
              value={note.value}
              onInput={(event) => {
                note.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <UnitField
          key={known ? 'loaded' : 'waiting'}
          label={t.unit}
          name="unit"
          units={known?.units.filter((one) => leading.has(one.id)) ?? []}
          fault={faults.value.unit ?? ''}
          value={unit.value}
          onChange={(value) => {
            unit.value = value
          }}
        />
        <Field label={t.deadline} fault={faults.value.deadline ?? ''}>
          {(attributes) => (
            <input
              {...attributes}
              type="datetime-local"
              value={deadline.value}
              onInput={(event) => {
                deadline.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <Field label={t.signer} fault={faults.value.signer ?? ''}>
          {(attributes) => (
            <select
              {...attributes}
              value={signer.value}
              onChange={(event) => {
                signer.value = event.currentTarget.value
              }}
            >
              <option value="">{t.noSigner}</option>
              {known?.signers.map((one) => (
                <option key={one.account} value={one.account}>
                  {[one.name, one.title, one.unit].filter(Boolean).join(', ')}
                </option>
              ))}
            </select>
          )}
        </Field>
        <UnitPick
          units={known?.units ?? []}
          chosen={chosen}
          fault={faults.value.units ?? ''}
          misaddressed={faults.value.misaddressed ?? NOBODY}
        />
        <div class="actions">
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? officeText.value.saving : t.send}
          </button>
          <Link to={CONSULTATIONS} class="button quiet">
            {officeText.value.cancel}
          </Link>
        </div>
      </form>
    </>
  )
}
