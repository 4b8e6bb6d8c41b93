/** The form of a new meeting. */
import { useSignal } from '@preact/signals'
import type { MeetingKind, OfficeBodies, OfficeUnit } from '../../gen/protocol'
import { bodies as askBodies } from '../../protocol/bodies'
import { units as askUnits, newMeeting } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { momentOf } from '../../state/office/times'
import { Heading } from '../parts/heading'
import { useAnswer, useChange } from './asking'
import { Field, Refusal, UnitField, valuesOf } from './fields'
import { Link, OFFICE, replace } from './place'

const KINDS: readonly MeetingKind[] = [
  'conference',
  'standing_committee',
  'supervision',
  'critique',
  'consultation',
]

interface Props {
  given?: { units: readonly OfficeUnit[] } | null
  givenBodies?: OfficeBodies | null
}

export function NewMeeting({ given = null, givenBodies = null }: Props) {
  const { answer: bodies } = useAnswer(askBodies, [], givenBodies)
  const meets = useSignal('')
  const { answer, problem: unloaded } = useAnswer(askUnits, [], given)
  const { make, isSending, problem } = useChange()
  const faults = useSignal<{ title?: string; unit?: string; time?: string }>({})
  const t = officeText.value
  const open = answer.value?.units.filter((unit) => !unit.is_closed) ?? []

  const held = bodies.value?.bodies.filter((body) => !body.is_closed) ?? []

  async function send(event: SubmitEvent) {
    const value = valuesOf(event)
    const body = held.find((one) => one.id === meets.value) ?? null
    const unit = body?.unit ?? value('unit')
    const [title, starts_at] = [value('title'), momentOf(value('time'))]
    const { fault } = t.newMeeting
    faults.value = {
      ...(title === '' && { title: fault.title }),
      ...(unit === '' && { unit: fault.unit }),
      ...(starts_at === null && { time: fault.time }),
    }
    if (Object.keys(faults.value).length > 0 || starts_at === null) return
    const kind = value('kind') as MeetingKind
    const content = { title, unit, starts_at, kind, place: value('place'), body: body?.id ?? null }
    const made = await make((keyFor) => newMeeting({ ...content, key: keyFor(content) }))
    if (made) replace(`${OFFICE}/hop/${made.meeting}`)
  }

  return (
    <>
      <div>
        <Heading>{t.newMeeting.title}</Heading>
        <p class="soft">{t.newMeeting.lead}</p>
      </div>
      <form class="card fields" onSubmit={(event) => void send(event)} noValidate>
        <Refusal problem={problem.value ?? unloaded.value} />
        <Field label={t.newMeeting.name} fault={faults.value.title ?? ''}>
          {(attributes) => <input {...attributes} name="title" maxLength={500} />}
        </Field>
        <Field label={t.newMeeting.kind}>
          {(attributes) => (
            <select {...attributes} name="kind">
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t.kind[kind]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {held.length > 0 && (
          <Field label={t.bodies.ofMeeting}>
            {(attributes) => (
              <select
                {...attributes}
                value={meets.value}
                onChange={(event) => {
                  meets.value = event.currentTarget.value
                }}
              >
                <option value="">{t.bodies.noBody}</option>
                {held.map((body) => (
                  <option key={body.id} value={body.id}>
                    {`${body.name} · ${body.unit_name}`}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {/* A body is one of its unit; with one unit there is nothing to choose. */}
        {meets.value === '' ? (
          <UnitField
            key={open.length}
            label={t.newMeeting.unit}
            name="unit"
            units={open}
            fault={faults.value.unit ?? ''}
            {...(open.length === 1 && { value: open[0]?.id ?? '' })}
          />
        ) : (
          <p class="soft">{t.bodies.bodyLead}</p>
        )}
        <Field label={t.newMeeting.time} fault={faults.value.time ?? ''}>
          {(attributes) => <input {...attributes} name="time" type="datetime-local" />}
        </Field>
        <Field label={t.newMeeting.place}>
          {(attributes) => <input {...attributes} name="place" maxLength={500} />}
        </Field>
        <div class="actions">
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? t.saving : t.newMeeting.title}
          </button>
          <Link to={OFFICE} class="button quiet">
            {t.cancel}
          </Link>
        </div>
      </form>
    </>
  )
}
