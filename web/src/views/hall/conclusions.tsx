/** What was concluded on an item: its tasks, who has them, how far they are. */
import { useSignal } from '@preact/signals'
import { Gavel, Pencil } from 'lucide'
import type { AgendaItem, Conclusion, Task } from '../../gen/protocol'
import { conclusionsOn, standing } from '../../state/conclusions'
import { dateOf } from '../../state/hours'
import { text } from '../../state/i18n'
import { personOf } from '../../state/meeting'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { useLazily } from '../parts/lazily'

export interface FormProps {
  item: string
  /** null: a new one. */
  conclusion: string | null
  onClose: () => void
}

export function Conclusions({ item }: { item: AgendaItem }) {
  const { store } = useActs()
  const [Form, open, close] = useLazily<FormProps>(
    async () => (await import('./conclusions/form')).ConclusionForm,
  )
  const edited = useSignal<string | null>(null)
  const meeting = store.meeting.value
  const t = text.value.conclusion
  const mayWrite =
    item.state !== 'pending' &&
    store.may.value.has('write_conclusion') &&
    (meeting?.state === 'in_session' || meeting?.state === 'paused')
  const written = meeting ? conclusionsOn(meeting, item.id) : []
  if (!meeting || (written.length === 0 && !mayWrite)) return null
  const write = (conclusion: string | null) => {
    edited.value = conclusion
    open()
  }
  return (
    <div class="conclusions">
      {written.map((one) => (
        <Written key={one.id} of={one} onEdit={mayWrite ? () => write(one.id) : null} />
      ))}
      {mayWrite && (
        <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => write(null)}>
          <Icon of={Gavel} />
          {t.write}
          <span class="hidden"> {item.number}</span>
        </button>
      )}
      {Form.value && <Form.value item={item.id} conclusion={edited.value} onClose={close} />}
    </div>
  )
}

function Written({ of, onEdit }: { of: Conclusion; onEdit: (() => void) | null }) {
  const t = text.value.conclusion
  return (
    <article>
      <div class="row">
        <b class="grow small">{t.title}</b>
        {onEdit && (
          <button type="button" class="quiet" aria-label={t.edit} onClick={onEdit}>
            <Icon of={Pencil} />
          </button>
        )}
      </div>
      <p class="prose">{of.text}</p>
      {of.tasks.length > 0 && (
        <ul>
          {of.tasks.map((task) => (
            <TaskLine key={task.id} task={task} />
          ))}
        </ul>
      )}
    </article>
  )
}

const COLOURS = { done: 'ok', overdue: 'lost', due_soon: 'gold', open: '' }

function TaskLine({ task }: { task: Task }) {
  const acts = useActs()
  const { store } = acts
  const t = text.value.conclusion
  const now = standing(task, store.now.value)
  const person = store.meeting.value && personOf(store.meeting.value, task.participant)
  const mayReport =
    store.may.value.has('set_progress') &&
    (store.may.value.has('write_conclusion') || task.participant === store.me.value)
  const whose = [task.unit, person?.name, task.due_on && t.due(dateOf(task.due_on))]
    .filter(Boolean)
    .join(' · ')
  return (
    <li class="task">
      <div>{task.text}</div>
      <div class="small soft num">{whose}</div>
      <div class="row">
        <span class={`pill num ${COLOURS[now]}`}>
          {t.standing[now]} · {task.progress} %
        </span>
        {mayReport && (
          <input
            type="range"
            class="grow"
            min={0}
            max={100}
            step={10}
            value={task.progress}
            aria-label={t.progress(task.text)}
            aria-valuetext={`${task.progress} %`}
            onChange={({ currentTarget: { valueAsNumber } }) =>
              void order(acts, { type: 'set_progress', task: task.id, progress: valueAsNumber })
            }
          />
        )}
      </div>
    </li>
  )
}
