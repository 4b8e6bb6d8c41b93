/** Choosing the units that are asked, each with the address of its reminders. */
import { type Signal, useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { OfficeUnit } from '../../../gen/protocol'
import { consultationText } from '../../../state/consultations/i18n'
import { tree } from '../../../state/office/units'

interface Props {
  units: readonly OfficeUnit[]
  /** Unit → address, which may be empty. */
  chosen: Signal<ReadonlyMap<string, string>>
  fault: string
  /** Whose address no mail can go to. */
  misaddressed: ReadonlySet<string>
}

export function UnitPick({ units, chosen, fault, misaddressed }: Props) {
  const query = useSignal('')
  const told = useId()
  const t = consultationText.value.fresh
  const wanted = query.value.trim().toLocaleLowerCase('vi')
  const shown = tree(units).filter(
    ({ unit }) => misaddressed.has(unit.id) || unit.name.toLocaleLowerCase('vi').includes(wanted),
  )

  function change(unit: string, email: string | null) {
    const now = new Map(chosen.value)
    if (email === null) now.delete(unit)
    else now.set(unit, email)
    chosen.value = now
  }

  return (
    <fieldset class="units-asked" aria-describedby={told}>
      <legend>{t.units}</legend>
      <input
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value
        }}
      />
      <ul class="rows plain scrolls">
        {shown.map(({ unit, depth }) => {
          const email = chosen.value.get(unit.id)
          return (
            <li key={unit.id} class="asked">
              <label class="pick">
                <input
                  type="checkbox"
                  checked={email !== undefined}
                  onChange={(event) => change(unit.id, event.currentTarget.checked ? '' : null)}
                />
                <span class="grow">{'\u2003'.repeat(depth) + unit.name}</span>
              </label>
              {email !== undefined && (
                <input
                  type="email"
                  aria-label={t.email(unit.name)}
                  aria-invalid={misaddressed.has(unit.id)}
                  {...(misaddressed.has(unit.id) && { 'aria-describedby': `${told}-${unit.id}` })}
                  placeholder={t.email(unit.name)}
                  value={email}
                  onInput={(event) => change(unit.id, event.currentTarget.value)}
                />
              )}
              {misaddressed.has(unit.id) && (
                <p class="fault" id={`${told}-${unit.id}`} role="alert">
                  {t.fault.email}
                </p>
              )}
            </li>
          )
        })}
      </ul>
      <p class={fault ? 'fault' : 'small soft'} id={told} role={fault ? 'alert' : 'status'}>
        {fault || t.chosen(chosen.value.size)}
      </p>
    </fieldset>
  )
}
