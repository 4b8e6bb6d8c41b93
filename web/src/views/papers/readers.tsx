/** Whom a paper is for, where some are named: units as a whole, people one by one. */
import type { Signal } from '@preact/signals'
import { useSignal } from '@preact/signals'
import { Check } from 'lucide'
import type { Meeting, Readers } from '../../gen/protocol'
import { attendants } from '../../state/meeting'
import { byGivenName, folded } from '../../state/names'
import { Icon } from '../parts/icon'
import { papersText } from './texts'

interface Props {
  meeting: Meeting
  value: Signal<Readers>
  disabled: boolean
}

export function ReadersPick({ meeting, value, disabled }: Props) {
  const t = papersText.value
  const find = useSignal('')
  const people = attendants(meeting).filter((one) => one.role !== 'chair' && one.role !== 'secretary')
  const wanted = folded(find.value.trim())
  const fits = (words: string) => folded(words).includes(wanted)
  const units = [...new Set(people.map((one) => one.unit).filter(Boolean))].sort((a, b) =>
    a.localeCompare(b, 'vi'),
  )
  const { participants, units: whole } = value.value
  const flip = (list: readonly string[], one: string) =>
    list.includes(one) ? list.filter((other) => other !== one) : [...list, one]
  return (
    <fieldset class="readers" disabled={disabled}>
      <legend>{t.readersNamed(participants.length, whole.length)}</legend>
      <input
        type="search"
        aria-label={t.readersFind}
        placeholder={t.readersFind}
        value={find.value}
        onInput={(event) => {
          find.value = event.currentTarget.value
        }}
      />
      <ul>
        {units.filter(fits).map((unit) => (
          <li key={unit}>
            <Tick
              words={t.wholeUnit(unit)}
              checked={whole.includes(unit)}
              onFlip={() => {
                value.value = { ...value.value, units: flip(whole, unit) }
              }}
            />
          </li>
        ))}
        {people
          .filter((one) => fits(`${one.name} ${one.unit}`))
          .sort((a, b) => byGivenName(a.name, b.name))
          .map((one) => (
            <li key={one.id}>
              <Tick
                words={one.name}
                aside={one.unit}
                checked={participants.includes(one.id)}
                onFlip={() => {
                  value.value = { ...value.value, participants: flip(participants, one.id) }
                }}
              />
            </li>
          ))}
      </ul>
    </fieldset>
  )
}

interface TickProps {
  words: string
  aside?: string
  checked: boolean
  onFlip: () => void
}

function Tick({ words, aside, checked, onFlip }: TickProps) {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onChange={onFlip} />
      <span class="box" aria-hidden="true">
        <Icon of={Check} />
      </span>
      <span class="grow">
        {words} {aside && <span class="small soft">{aside}</span>}
      </span>
    </label>
  )
}
