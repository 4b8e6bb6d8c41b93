/** The tree of units: seen, added, renamed, moved, closed. */
import { useSignal } from '@preact/signals'
import { Pencil, Plus } from 'lucide'
import type { OfficeMe, OfficeUnit, OfficeUnits, UnitLevel } from '../../gen/protocol'
import { addUnit, units as ask, changeUnit, closeUnit } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { tree } from '../../state/office/units'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { Modal, Question } from '../parts/modal'
import { useAnswer, useChange } from './asking'
import { Field, Refusal, UnitField } from './fields'

const LEVELS: readonly UnitLevel[] = ['central', 'province', 'district', 'commune', 'hamlet', 'body']

interface Props {
  me: OfficeMe
  given?: OfficeUnits | null
  edits?: OfficeUnit | null
}

export function Units({ me, given = null, edits = null }: Props) {
  const { answer, problem } = useAnswer(ask, [], given)
  const editing = useSignal<OfficeUnit | 'new' | null>(edits)
  const t = officeText.value.units
  const units = answer.value?.units ?? []
  const mayChange = me.may.includes('change_units')
  const close = () => {
    editing.value = null
  }
  return (
    <>
      <div class="head">
        <Heading>{t.title}</Heading>
        {mayChange && (
          <button
            type="button"
            class="primary"
            onClick={() => {
              editing.value = 'new'
            }}
          >
            <Icon of={Plus} />
            {t.add}
          </button>
        )}
      </div>
      <Refusal problem={problem.value} />
      {units.length > 0 && (
        <ul class="rows plain card">
          {tree(units).map(({ unit, depth }) => (
            <li key={unit.id}>
              <div class="grow" style={{ marginInlineStart: `${Math.min(depth, 5) * 1.25}rem` }}>
                <b>{unit.name}</b>
                <div class="small soft">{t.level[unit.level]}</div>
              </div>
              {unit.is_closed && <span class="pill">{t.closed}</span>}
              {mayChange && !unit.is_closed && (
                <button
                  type="button"
                  class="quiet tight"
                  aria-label={t.change(unit.name)}
                  onClick={() => {
                    editing.value = unit
                  }}
                >
                  <Icon of={Pencil} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing.value !== null && (
        <UnitForm
          unit={editing.value === 'new' ? null : editing.value}
          units={units}
          onChange={(changed) => {
            answer.value = changed
          }}
          onClose={close}
        />
      )}
    </>
  )
}

interface FormProps {
  /** null: a new one. */
  unit: OfficeUnit | null
  units: readonly OfficeUnit[]
  onChange: (units: OfficeUnits) => void
  onClose: () => void
}

function UnitForm({ unit, units, onChange, onClose }: FormProps) {
  const [name, parent] = [useSignal(unit?.name ?? ''), useSignal(unit?.parent ?? '')]
  const level = useSignal<UnitLevel>(unit?.level ?? 'commune')
  const revision = useSignal(unit?.revision ?? 0)
  const theirs = useSignal<OfficeUnit | null>(null)
  const fault = useSignal('')
  const asksToClose = useSignal(false)
  const { make, isSending, problem } = useChange()
  const t = officeText.value
  const isKnown = (id: string) => units.some((one) => one.id === id)

  async function save(event: SubmitEvent) {
    event.preventDefault()
    fault.value = name.value.trim() === '' ? t.units.nameMissing : ''
    if (fault.value) return
    const content = { name: name.value.trim(), parent: parent.value || null }
    const changed = await make((keyFor) => {
      if (unit === null) {
        const made = { ...content, level: level.value }
        return addUnit({ ...made, key: keyFor(made) })
      }
      const written = { ...content, revision: revision.value }
      return changeUnit(unit.id, { ...written, key: keyFor(written) })
    })
    if (changed) {
      onChange(changed)
      onClose()
    } else if (problem.value?.code === 'outdated') {
      theirs.value = (await ask()).units.find((one) => one.id === unit?.id) ?? null
      revision.value = theirs.value?.revision ?? revision.value
    }
  }

  async function close() {
    if (unit === null) return
    asksToClose.value = false
    const changed = await make((keyFor) => closeUnit(unit.id, { key: keyFor({ close: unit.id }) }))
    if (changed === null) return
    onChange(changed)
    onClose()
  }

  if (unit !== null && asksToClose.value) {
    return (
      <Question
        title={t.units.closeTitle(unit.name)}
        lead={t.units.closeLead}
        yes={t.units.close}
        no={t.cancel}
        onYes={() => void close()}
        onClose={() => {
          asksToClose.value = false
        }}
      />
    )
  }
  return (
    <Modal title={unit === null ? t.units.add : t.units.change(unit.name)} onClose={onClose}>
      <form class="fields" onSubmit={(event) => void save(event)} noValidate>
        <Refusal problem={problem.value}>
          {theirs.value && (
            <p>
              {t.theirs} <b>{theirs.value.name}</b>
            </p>
          )}
        </Refusal>
        <Field label={t.units.name} fault={fault.value}>
          {(attributes) => (
            <input
              {...attributes}
              maxLength={200}
              value={name.value}
              onInput={(event) => {
                name.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        {unit === null && (
          <Field label={t.units.levelLabel}>
            {(attributes) => (
              <select
                {...attributes}
                value={level.value}
                onChange={(event) => {
                  level.value = event.currentTarget.value as UnitLevel
                }}
              >
                {LEVELS.map((one) => (
                  <option key={one} value={one}>
                    {t.units.level[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {/* What lies above one's reach is not to be chosen, and stays. */}
        {(unit === null || unit.parent === null || isKnown(unit.parent)) && (
          <UnitField
            label={t.units.parent}
            name="parent"
            units={units.filter((one) => one.id !== unit?.id)}
            none={t.units.top}
            value={parent.value}
            onChange={(chosen) => {
              parent.value = chosen
            }}
          />
        )}
        <div class="actions">
          {unit !== null && (
            <button
              type="button"
              class="danger"
              onClick={() => {
                asksToClose.value = true
              }}
            >
              {t.units.close}
            </button>
          )}
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
