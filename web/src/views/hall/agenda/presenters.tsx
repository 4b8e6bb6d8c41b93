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
  const add = () => {
    const name = typed.value.trim().normalize('NFC')
    if (name === '') return
    const known = people.find((one) => one.name === name && one.role !== 'big_screen')
    typed.value = ''
    if (value.some((one) => one.name === name)) return
    onChange([...value, { participant: known?.id ?? null, name }])
  }
  return (
    <>
      <label for="item-presenter">{t.field.presenters}</label>
      {value.length > 0 && (
        <ul class="chosen">
          {value.map((one) => (
            <li key={one.participant ?? one.name} class="pill">
              {one.name}
              <button
                type="button"
                class="quiet"
                aria-label={t.dropPresenter(one.name)}
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
        {people.map((one) => one.role !== 'big_screen' && <option key={one.id} value={one.name} />)}
      </datalist>
    </>
  )
}
