/** Finding people of the organisation and ticking some of them. */
import { type Signal, useSignal } from '@preact/signals'
import type { OfficePeople, OfficePerson, Problem } from '../../gen/protocol'
import { people as askPeople } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { useAnswer } from './asking'
import { Refusal } from './fields'

export type Chosen = ReadonlyMap<string, OfficePerson>

interface Props {
  chosen: Signal<Chosen>
  /** Who is there already, and cannot be ticked. */
  taken: ReadonlySet<string | null>
  problem: Problem | null
  given?: OfficePeople | null
}

export function Choose({ chosen, taken, problem, given = null }: Props) {
  const query = useSignal('')
  const { answer, problem: unloaded } = useAnswer(() => askPeople(query.value), [query.value], given)
  const t = officeText.value.pick
  const found = answer.value

  function toggle(person: OfficePerson) {
    const now = new Map(chosen.value)
    if (!now.delete(person.id)) now.set(person.id, person)
    chosen.value = now
  }

  return (
    <>
      <input
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value
        }}
      />
      <Refusal problem={problem ?? unloaded.value} />
      <ul class="rows scrolls">
        {found?.people.map((person) => (
          <li key={person.id}>
            <label class="pick">
              <input
                type="checkbox"
                checked={chosen.value.has(person.id)}
                disabled={taken.has(person.id)}
                onChange={() => toggle(person)}
              />
              <span class="grow">
                <b>{person.name}</b>
                <span class="small soft">{[person.title, person.unit_name].filter(Boolean).join(' · ')}</span>
              </span>
              {taken.has(person.id) && <span class="pill">{t.already}</span>}
            </label>
          </li>
        ))}
      </ul>
      {found !== null && (
        <p class="small soft" role="status">
          {found.people.length === 0 ? t.none : found.more ? t.tooMany : t.chosen(chosen.value.size)}
        </p>
      )}
    </>
  )
}
