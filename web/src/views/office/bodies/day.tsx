/** The field of a day: of joining a body, of leaving it. */
import type { Signal } from '@preact/signals'
import { officeText } from '../../../state/office/i18n'
import { Field } from '../fields'

interface Props {
  label: string
  day: Signal<string>
  onChange?: () => void
}

export function Day({ label, day, onChange }: Props) {
  return (
    <Field label={label} fault={day.value === '' ? officeText.value.bodies.dayMissing : ''}>
      {(attributes) => (
        <input
          {...attributes}
          type="date"
          value={day.value}
          onInput={(event) => {
            day.value = event.currentTarget.value
            onChange?.()
          }}
        />
      )}
    </Field>
  )
}

/** The day that it is in Vietnam, as a field for days has it. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date())
}
