/** Who presents an item: participants out of the list, or other people by name. */
import { useSignal } from '@preact/signals'
import { Plus, X } from 'lucide'
import type { ItemPresenter, Participant } from '../../../gen/protocol'
import { Icon } from '../../parts/icon'
import { words } from './words'

interface Props {
  value: readonly ItemPresenter[]
  people: readonly Participant[]
  onChange: (presenters: readonly ItemPresenter[]) => void
}

export function Presenters({ value, people, onChange }: Props) {
  const typed = useSignal('')
  const t = words()
  const eligible = people.filter((one) => one.role !== 'big_screen')
  /** By the name, and where several bear it with the unit. */
  const called = ({ name, unit, id }: Participant) =>
    eligible.some((other) => other.name === name && other.id !== id) ? `${name} · ${unit}` : name
  const shown = ({ participant, name }: ItemPresenter) => {
    const person = eligible.find((one) => one.id === participant)
    return person ? called(person) : name
  }
  const add = () => {
    const name = typed.value.trim().normalize('NFC')
    if (name === '') return
    const known = eligible.find((one) => called(one) === name) ?? eligible.find((one) => one.name === name)
    typed.value = ''
    const added = { participant: known?.id ?? null, name: known?.name ?? name }
    const isSame = (one: ItemPresenter) =>
      one.participant === added.participant && (known !== undefined || one.name === name)
    if (!value.some(isSame)) onChange([...value, added])
  }
  return (
    <>
      <label for="item-presenter">{t.field.presenters}</label>
      {value.length > 0 && (
        <ul class="chosen">
          {value.map((one) => (
            <li key={one.participant ?? one.name} class="pill">
              {shown(one)}
              <button
                type="button"
                class="quiet"
                aria-label={t.dropPresenter(shown(one))}
                onClick={() => onChange(value.filter((other) => other !== one))}
              >
                <Icon of={X} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="row">
        <input
          id="item-presenter"
          list="item-people"
          maxLength={120}
          placeholder={t.presenterHint}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <button type="button" aria-label={t.addPresenter} onClick={add}>
          <Icon of={Plus} />
        </button>
      </div>
      <datalist id="item-people">
        {eligible.map((one) => (
          <option key={one.id} value={called(one)} />
        ))}
      </datalist>
    </>
  )
}
