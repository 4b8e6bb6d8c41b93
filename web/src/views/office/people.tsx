/** The people of one's units: found by name, added by a form. */
import { useSignal } from '@preact/signals'
import { ChevronRight, FileSpreadsheet, UserPlus } from 'lucide'
import type { OfficePeople, OfficeUnits } from '../../gen/protocol'
import { people as askPeople, units as askUnits, newPerson } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { Face } from '../parts/face'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { Modal } from '../parts/modal'
import { useAnswer, useChange } from './asking'
import { Field, Refusal, UnitField, valuesOf } from './fields'
import { Link, OFFICE } from './place'

interface Props {
  given?: OfficePeople | null
  givenUnits?: OfficeUnits | null
  adds?: boolean
}

export function People({ given = null, givenUnits = null, adds = false }: Props) {
  const [query, unit] = [useSignal(''), useSignal('')]
  const isAdding = useSignal(adds)
  const added = useSignal('')
  const units = useAnswer(askUnits, [], givenUnits)
  const found = useAnswer(() => askPeople(query.value, unit.value), [query.value, unit.value], given)
  const t = officeText.value.people
  const people = found.answer.value
  return (
    <>
      <div class="head">
        <Heading>{t.title}</Heading>
        <span class="grow" />
        <Link to={`${OFFICE}/nhan-su/nhap`} class="button">
          <Icon of={FileSpreadsheet} />
          {t.roster}
        </Link>
        <button
          type="button"
          class="primary"
          onClick={() => {
            isAdding.value = true
          }}
        >
          <Icon of={UserPlus} />
          {t.add}
        </button>
      </div>
      <div class="filters fields">
        <Field label={t.search}>
          {(attributes) => (
            <input
              {...attributes}
              type="search"
              value={query.value}
              onInput={(event) => {
                query.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <UnitField
          label={t.unit}
          name="unit"
          units={units.answer.value?.units ?? []}
          none={t.allUnits}
          value={unit.value}
          onChange={(chosen) => {
            unit.value = chosen
          }}
        />
      </div>
      <Refusal problem={found.problem.value ?? units.problem.value} />
      <p class="small soft" role="status">
        {added.value} {people && (people.people.length ? t.count(people.people.length, people.more) : t.none)}
      </p>
      {people !== null && people.people.length > 0 && (
        <ul class="rows plain card">
          {people.people.map((person) => (
            <li key={person.id}>
              <Link to={`${OFFICE}/nhan-su/${person.id}`} class="whole">
                <Face name={person.name} />
                <span class="grow">
                  <b>{person.name}</b>
                  <span class="small soft">
                    {[person.title, person.unit_name].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <Icon of={ChevronRight} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {isAdding.value && (
        <NewPerson
          units={units.answer.value}
          onAdded={(name) => {
            added.value = t.added(name)
            found.again()
          }}
          onClose={() => {
            isAdding.value = false
          }}
        />
      )}
    </>
  )
}

interface NewProps {
  units: OfficeUnits | null
  onAdded: (name: string) => void
  onClose: () => void
}

function NewPerson({ units, onAdded, onClose }: NewProps) {
  const { make, isSending, problem } = useChange()
  const faults = useSignal<{ name?: string; unit?: string }>({})
  const t = officeText.value

  async function send(event: SubmitEvent) {
    const value = valuesOf(event)
    const content = { name: value('name'), title: value('title'), unit: value('unit') }
    faults.value = {
      ...(content.name === '' && { name: t.people.fault.name }),
      ...(content.unit === '' && { unit: t.people.fault.unit }),
    }
    if (Object.keys(faults.value).length > 0) return
    const made = await make((keyFor) => newPerson({ ...content, key: keyFor(content) }))
    if (made === null) return
    onAdded(content.name)
    onClose()
  }

  return (
    <Modal title={t.people.addTitle} onClose={onClose}>
      <form class="fields" onSubmit={(event) => void send(event)} noValidate>
        <Refusal problem={problem.value} />
        <Field label={t.people.name} fault={faults.value.name ?? ''}>
          {(attributes) => <input {...attributes} name="name" maxLength={120} autocomplete="off" />}
        </Field>
        <Field label={t.people.position}>
          {(attributes) => <input {...attributes} name="title" maxLength={200} autocomplete="off" />}
        </Field>
        <UnitField
          label={t.people.unit}
          name="unit"
          units={units?.units ?? []}
          fault={faults.value.unit ?? ''}
        />
        <div class="actions">
          <button type="button" onClick={onClose}>
            {t.cancel}
          </button>
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? t.saving : t.add}
          </button>
        </div>
      </form>
    </Modal>
  )
}
