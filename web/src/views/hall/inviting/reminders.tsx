/** When the meeting reminds by itself, and which mails were sent. */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { ReminderRules, SentMails } from '../../../gen/protocol'
import { dateOf, dayOf, hourOf } from '../../../state/hours'
import { invitingText } from '../../../state/inviting/i18n'

const DAYS = [0, 1, 2, 3, 5, 7, 14]

interface Props {
  rules: ReminderRules
  sent: readonly SentMails[]
  onSave: (rules: ReminderRules) => void
}

export function Reminders({ rules, sent, onSave }: Props) {
  const now = useSignal(rules)
  const t = invitingText.value.reminders
  const days = (name: 'answer_days' | 'task_days', label: string) => (
    <Days
      label={label}
      value={now.value[name]}
      onChange={(value) => {
        now.value = { ...now.value, [name]: value }
      }}
    />
  )
  const tick = (name: 'day_before' | 'hour_before', label: string) => (
    <label class="row tick">
      <input
        type="checkbox"
        checked={now.value[name]}
        onChange={({ currentTarget }) => {
          now.value = { ...now.value, [name]: currentTarget.checked }
        }}
      />
      {label}
    </label>
  )
  return (
    <details>
      <summary>{t.title}</summary>
      <form
        class="col"
        onSubmit={(event) => {
          event.preventDefault()
          onSave(now.value)
        }}
      >
        {days('answer_days', t.answer)}
        {tick('day_before', t.day)}
        {tick('hour_before', t.hour)}
        {days('task_days', t.task)}
        <p class="small soft">{t.lead}</p>
        <button type="submit">{t.save}</button>
      </form>
      <h3>{t.sent}</h3>
      {sent.length === 0 && <p class="soft">{t.none}</p>}
      <ul>
        {sent.map((one) => (
          <li key={`${one.kind}${one.made_at}`} class="row wrap">
            <span class="grow">{t.kind[one.kind]}</span>
            <span class="num small">
              {hourOf(one.made_at)} {dateOf(dayOf(Date.parse(one.made_at)))}
            </span>
            <span class="small soft">{t.result(one.mails, one.sent, one.refused)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

interface DaysProps {
  label: string
  value: number
  onChange: (days: number) => void
}

function Days({ label, value, onChange }: DaysProps) {
  const id = useId()
  const t = invitingText.value.reminders
  return (
    <div>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}>
        {(DAYS.includes(value) ? DAYS : [...DAYS, value]).map((one) => (
          <option key={one} value={one}>
            {one === 0 ? t.never : t.before(one)}
          </option>
        ))}
      </select>
    </div>
  )
}
