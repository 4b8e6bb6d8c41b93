/** Meetings made from an earlier one: a single one, or a regular series whose days are shown first. */
import { useSignal } from '@preact/signals'
import { ArrowLeft } from 'lucide'
import type { OfficeMeeting } from '../../gen/protocol'
import { meeting as askMeeting, repeatMeeting } from '../../protocol/office'
import { language } from '../../state/i18n'
import { officeText } from '../../state/office/i18n'
import { dayAndTime, momentOf } from '../../state/office/times'
import { repeatingText } from '../../state/repeating/i18n'
import { MOST, RHYTHMS, type Rhythm, series } from '../../state/repeating/series'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { useAnswer, useChange } from './asking'
import { Field, Refusal } from './fields'
import { Link, OFFICE, replace } from './place'

interface Props {
  id: string
  given?: OfficeMeeting | null
  /** With this much filled in. */
  written?: { first: string; rhythm: Rhythm; count: string }
}

const EMPTY = { first: '', rhythm: 'once', count: '12' } as const

export function Repeat({ id, given = null, written = EMPTY }: Props) {
  const { answer, problem } = useAnswer(() => askMeeting(id), [id], given)
  const t = repeatingText.value
  return (
    <>
      <Link to={`${OFFICE}/hop/${id}`} class="button quiet return">
        <Icon of={ArrowLeft} />
        {answer.value?.title ?? officeText.value.back}
      </Link>
      <div>
        <Heading>{t.title}</Heading>
        <p class="soft">{t.lead}</p>
      </div>
      <Refusal problem={problem.value} />
      {answer.value && <RepeatForm meeting={answer.value} written={written} />}
    </>
  )
}

type Fault = keyof typeof repeatingText.value.fault

function RepeatForm({
  meeting,
  written,
}: {
  meeting: OfficeMeeting
  written: NonNullable<Props['written']>
}) {
  const title = useSignal(meeting.title)
  const place = useSignal(meeting.place)
  const first = useSignal(written.first)
  const rhythm = useSignal<Rhythm>(written.rhythm)
  const count = useSignal(written.count)
  const without = useSignal<ReadonlySet<string>>(new Set())
  const fault = useSignal<Fault | null>(null)
  /** Meetings, by the day for which they were made. */
  const made = useSignal<ReadonlyMap<string, string>>(new Map())
  const { make, isSending, problem } = useChange()
  const t = repeatingText.value
  const isSeries = rhythm.value !== 'once'
  const number = Number(count.value)
  const isNumber = Number.isInteger(number) && number >= 1 && number <= MOST
  const days = isNumber || !isSeries ? series(first.value, rhythm.value, number) : []
  const chosen = days.filter((day) => !without.value.has(day))
  const faultOf = (...these: readonly Fault[]) =>
    fault.value !== null && these.includes(fault.value) ? t.fault[fault.value] : ''

  function found(): Fault | null {
    const moment = momentOf(first.value)
    if (title.value.trim() === '') return 'name'
    if (moment === null) return 'time'
    if (Date.parse(moment) <= Date.now()) return 'past'
    if (isSeries && !isNumber) return 'count'
    return chosen.length === 0 ? 'none' : null
  }

  async function send(event: SubmitEvent) {
    event.preventDefault()
    fault.value = found()
    if (fault.value !== null) return
    // One after the other; what was made before the line broke is not made again.
    const meetings = await make(async (keyFor) => {
      for (const day of chosen) {
        if (made.value.has(day)) continue
        const content = {
          title: isSeries ? t.dated(title.value.trim(), dayOf(day)) : title.value.trim(),
          starts_at: momentOf(day) ?? '',
          place: place.value.trim(),
        }
        const { meeting: id } = await repeatMeeting(meeting.id, { ...content, key: keyFor(content) })
        made.value = new Map(made.value).set(day, id)
      }
      return [...made.value.values()]
    })
    if (meetings !== null) replace(meetings.length === 1 ? `${OFFICE}/hop/${meetings[0]}` : OFFICE)
  }

  return (
    <form class="card fields" onSubmit={(event) => void send(event)} noValidate>
      <Refusal problem={problem.value}>{made.value.size > 0 && <p>{t.stopped}</p>}</Refusal>
      <Field label={t.name} fault={faultOf('name')}>
        {(attributes) => (
          <input
            {...attributes}
            maxLength={480}
            value={title.value}
            onInput={(event) => {
              title.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <Field label={t.time} fault={faultOf('time', 'past')}>
        {(attributes) => (
          <input
            {...attributes}
            type="datetime-local"
            value={first.value}
            onInput={(event) => {
              first.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <Field label={t.place}>
        {(attributes) => (
          <input
            {...attributes}
            maxLength={500}
            value={place.value}
            onInput={(event) => {
              place.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <Field label={t.rhythmLabel}>
        {(attributes) => (
          <select
            {...attributes}
            value={rhythm.value}
            onChange={(event) => {
              rhythm.value = event.currentTarget.value as Rhythm
            }}
          >
            {RHYTHMS.map((one) => (
              <option key={one} value={one}>
                {t.rhythm[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {isSeries && (
        <Field label={t.count} fault={faultOf('count')}>
          {(attributes) => (
            <input
              {...attributes}
              inputMode="numeric"
              maxLength={2}
              value={count.value}
              onInput={(event) => {
                count.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
      )}
      {isSeries && days.length > 0 && (
        <fieldset class="choose">
          <legend>{t.days}</legend>
          <p class="small soft">{t.daysLead}</p>
          {days.map((day) => (
            <label key={day}>
              <input
                type="checkbox"
                checked={!without.value.has(day)}
                onChange={({ currentTarget }) => {
                  const rest = new Set(without.value)
                  if (currentTarget.checked) rest.delete(day)
                  else rest.add(day)
                  without.value = rest
                }}
              />
              <span class="num">{dayAndTime(momentOf(day) ?? '', language.value)}</span>
            </label>
          ))}
          {fault.value === 'none' && (
            <p class="fault" role="alert">
              {t.fault.none}
            </p>
          )}
        </fieldset>
      )}
      <p role="status">
        {made.value.size > 0 && t.made(chosen.filter((day) => made.value.has(day)).length, chosen.length)}
      </p>
      <div class="actions">
        <button type="submit" class="primary" disabled={isSending.value}>
          {isSending.value ? officeText.value.saving : t.send(Math.max(1, chosen.length))}
        </button>
        <Link to={`${OFFICE}/hop/${meeting.id}`} class="button quiet">
          {officeText.value.cancel}
        </Link>
      </div>
    </form>
  )
}

/** "21/12/2026" */
function dayOf(field: string): string {
  return field.slice(0, 10).split('-').reverse().join('/')
}
