/** A few choices side by side, one of them taken. */
import type { Signal } from '@preact/signals'

interface Props<T extends string> {
  label: string
  options: readonly T[]
  names: Readonly<Record<T, string>>
  value: Signal<T>
}

export function Segments<T extends string>({ label, options, names, value }: Props<T>) {
  return (
    <fieldset class="segments" aria-label={label}>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          aria-pressed={value.value === option}
          onClick={() => {
            value.value = option
          }}
        >
          {names[option]}
        </button>
      ))}
    </fieldset>
  )
}
