/** The bodies of one's units: the list, and a new one. */
import { useSignal } from '@preact/signals'
import { Plus } from 'lucide'
import type { BodyKind, OfficeBodies, OfficeMe, OfficeUnits } from '../../../gen/protocol'
import { addBody, bodies as ask } from '../../../protocol/bodies'
import { units as askUnits } from '../../../protocol/office'
import { officeText } from '../../../state/office/i18n'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { Modal } from '../../parts/modal'
import { useAnswer, useChange } from '../asking'
import { Field, Refusal, UnitField, valuesOf } from '../fields'
import { Link, OFFICE, replace } from '../place'

const KINDS: readonly BodyKind[] = ['committee', 'presidium', 'standing', 'advisory']

interface Props {
  me: OfficeMe
  given?: OfficeBodies | null
  adds?: OfficeUnits | null
}

export function Bodies({ me, given = null, adds = null }: Props) {
  const { answer, problem } = useAnswer(ask, [], given)
  const isAdding = useSignal(adds !== null)
  const t = officeText.value.bodies
  const found = answer.value?.bodies
  return (
    <>
      <div class="head">
        <Heading>{t.title}</Heading>
        {me.may.includes('change_bodies') && (
          <button
            type="button"
            class="primary"
            onClick={() => {
              isAdding.value = true
            }}
          >
            <Icon of={Plus} />
            {t.add}
          </button>
        )}
      </div>
      <p class="soft">{t.lead}</p>
      <Refusal problem={problem.value} />
      {found?.length === 0 && <p>{t.none}</p>}
      {found !== undefined && found.length > 0 && (
        <ul class="rows card">
          {found.map((body) => (
            <li key={body.id}>
              <Link to={`${OFFICE}/co-quan/${body.id}`} class="whole">
                <span class="grow">
                  <b>{body.name}</b>
                  <span class="small soft">
                    {[t.kind[body.kind], body.unit_name, body.term].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <span class="pill num">{body.is_closed ? t.closed : t.count(body.members)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {isAdding.value && (
        <NewBody
          given={adds}
          onClose={() => {
            isAdding.value = false
          }}
        />
      )}
    </>
  )
}

function NewBody({ given, onClose }: { given: OfficeUnits | null; onClose: () => void }) {
  const { answer, problem: unloaded } = useAnswer(askUnits, [], given)
  const { make, isSending, problem } = useChange()
  const faults = useSignal<{ name?: string; unit?: string }>({})
  const t = officeText.value
  const open = answer.value?.units.filter((unit) => !unit.is_closed) ?? []

  async function send(event: SubmitEvent) {
    const value = valuesOf(event)
    const [name, unit] = [value('name'), value('unit')]
    faults.value = {
      ...(name === '' && { name: t.bodies.nameMissing }),
      ...(unit === '' && { unit: t.bodies.unitMissing }),
    }
    if (Object.keys(faults.value).length > 0) return
    const content = { name, unit, kind: value('kind') as BodyKind, term: value('term') }
    const made = await make((keyFor) => addBody({ ...content, key: keyFor(content) }))
    if (made) replace(`${OFFICE}/co-quan/${made.body.id}`)
  }

  return (
    <Modal title={t.bodies.add} onClose={onClose}>
      <form class="fields" onSubmit={(event) => void send(event)} noValidate>
        <Refusal problem={problem.value ?? unloaded.value} />
        <Field label={t.bodies.name} fault={faults.value.name ?? ''}>
          {(attributes) => <input {...attributes} name="name" maxLength={200} />}
        </Field>
        <Field label={t.bodies.kindLabel}>
          {(attributes) => (
            <select {...attributes} name="kind">
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t.bodies.kind[kind]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <UnitField
          key={open.length}
          label={t.bodies.unit}
          name="unit"
          units={open}
          fault={faults.value.unit ?? ''}
          {...(open.length === 1 && { value: open[0]?.id ?? '' })}
        />
        <Field label={t.bodies.term}>
          {(attributes) => (
            <input {...attributes} name="term" maxLength={120} placeholder={t.bodies.termLike} />
          )}
        </Field>
        <div class="actions">
          <button type="button" onClick={onClose}>
            {t.cancel}
          </button>
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? t.saving : t.save}
          </button>
        </div>
      </form>
    </Modal>
  )
}
