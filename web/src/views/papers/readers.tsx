/** Whom a paper is for: a choice, and where some are named, units as a whole and people one by one. */
import type { Signal } from '@preact/signals'
import { useSignal } from '@preact/signals'
import { Check } from 'lucide'
import type { Audience, Meeting, Readers } from '../../gen/protocol'
import { attendants } from '../../state/meeting'
import { byGivenName, folded } from '../../state/names'
import { Icon } from '../parts/icon'
import { papersText } from './texts'

const AUDIENCES: readonly Audience[] = ['delegates', 'everybody', 'leaders', 'named']
/** As the service takes; more are named by their unit. */
const MOST_READERS = 60

export interface Whom {
  audience: Signal<Audience>
  readers: Signal<Readers>
}

/** What a paper's choice begins with; null: a new paper. */
export function useWhom(of: { audience: Audience; readers: Readers | null } | null): Whom {
  const audience = useSignal<Audience>(of?.audience ?? 'delegates')
  const readers = useSignal<Readers>(of?.readers ?? { participants: [], units: [], roles: [] })
  return { audience, readers }
}

/** As a message has it. */
export function chosen({ audience, readers }: Whom): { audience: Audience; readers?: Readers } {
  return {
    audience: audience.value,
    ...(audience.value === 'named' ? { readers: readers.value } : {}),
  }
}

/** What is wrong with the choice, in a sentence. */
export function faultOf({ audience, readers }: Whom): string | null {
  if (audience.value !== 'named') return null
  const t = papersText.value
  const { participants, units, roles } = readers.value
  if (participants.length + units.length + roles.length === 0) return t.readersMissing
  return participants.length > MOST_READERS ? t.readersTooMany : null
}

interface FieldsProps {
  whom: Whom
  meeting: Meeting
  disabled: boolean
}

export function WhomFields({ whom, meeting, disabled }: FieldsProps) {
  const t = papersText.value
  return (
    <>
      <label for="paper-audience">{t.readers}</label>
      <select
        id="paper-audience"
        disabled={disabled}
        value={whom.audience.value}
        onChange={(event) => {
          whom.audience.value = event.currentTarget.value as Audience
        }}
      >
        {AUDIENCES.map((one) => (
          <option key={one} value={one}>
            {t.audience[one]}
          </option>
        ))}
      </select>
      {whom.audience.value === 'named' && (
        <ReadersPick meeting={meeting} value={whom.readers} disabled={disabled} />
      )}
    </>
  )
}

interface PickProps {
  meeting: Meeting
  value: Signal<Readers>
  disabled: boolean
}

function ReadersPick({ meeting, value, disabled }: PickProps) {
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
