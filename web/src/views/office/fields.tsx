/** A field of a form with its label, and what is wrong with it. */
import type { Signal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'
import type { OfficeUnit, Problem } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { officeText } from '../../state/office/i18n'
import { tree } from '../../state/office/units'
import { adviceOf } from '../../state/problems'
import { Advice } from '../parts/advice'

interface Props {
  label: string
  fault?: string
  children: (attributes: { id: string; 'aria-invalid': boolean; 'aria-describedby'?: string }) => JSX.Element
}

export function Field({ label, fault = '', children }: Props) {
  const [id, told] = [useId(), useId()]
  return (
    <div>
      <label for={id}>{label}</label>
      {children({ id, 'aria-invalid': fault !== '', ...(fault && { 'aria-describedby': told }) })}
      {fault && (
        <p class="fault" id={told} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}

interface UnitProps {
  label: string
  name: string
  units: readonly OfficeUnit[]
  fault?: string
  value?: string
  /** What the choice of none is called. */
  none?: string
  onChange?: (unit: string) => void
}

/** A choice among the open units, each indented below the one it belongs to. */
export function UnitField({ label, name, units, fault, value, none, onChange }: UnitProps) {
  const open = tree(units.filter((unit) => !unit.is_closed))
  return (
    <Field label={label} fault={fault ?? ''}>
      {(attributes) => (
        <select
          {...attributes}
          name={name}
          value={value}
          onChange={(event) => onChange?.(event.currentTarget.value)}
        >
          <option value="">{none ?? officeText.value.noUnit}</option>
          {open.map(({ unit, depth }) => (
            <option key={unit.id} value={unit.id}>
              {'\u2003'.repeat(depth) + unit.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

interface ChooseProps<T extends string> {
  label: string
  options: readonly T[]
  names: Readonly<Record<T, string>>
  value: Signal<T | null>
  fault?: string
}

/** One of a few, none of them taken before. */
export function Choose<T extends string>({ label, options, names, value, fault = '' }: ChooseProps<T>) {
  const [name, told] = [useId(), useId()]
  return (
    <fieldset class="choose" {...(fault && { 'aria-describedby': told })}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            checked={value.value === option}
            onChange={() => {
              value.value = option
            }}
          />
          {names[option]}
        </label>
      ))}
      {fault && (
        <p class="fault" id={told} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  )
}

/** What was refused, where no field of the form says it. */
export function Refusal({ problem, children }: { problem: Problem | null; children?: ComponentChildren }) {
  if (problem === null) return null
  const { what, todo } = adviceOf(problem, text.value)
  return (
    <Advice what={what} todo={todo}>
      {children}
    </Advice>
  )
}

/** What a form holds, trimmed. */
export function valuesOf(event: SubmitEvent): (name: string) => string {
  event.preventDefault()
  const form = new FormData(event.currentTarget as HTMLFormElement)
  return (name) => String(form.get(name) ?? '').trim()
}
