/** A conclusion to write: its text, its tasks, and what somebody else has just written in it. */
import './form.css'
import { useSignal } from '@preact/signals'
import { Plus, Trash2 } from 'lucide'
import type { Conclusion, Task, TaskPlan } from '../../../gen/protocol'
import { language, text } from '../../../state/i18n'
import { attendants, personOf } from '../../../state/meeting'
import { order, useActs } from '../../acts'
import { Icon } from '../../parts/icon'
import { Modal, Question } from '../../parts/modal'
import type { FormProps } from '../conclusions'

const vi = {
  text: 'Nội dung kết luận',
  missing: 'Hãy ghi nội dung kết luận.',
  tasks: 'Nhiệm vụ',
  task: (n: number) => `Nhiệm vụ ${n}`,
  what: 'Việc cần làm',
  whatMissing: 'Hãy ghi việc cần làm, hoặc xóa nhiệm vụ này.',
  unit: 'Đơn vị',
  person: 'Người thực hiện',
  nobody: 'Không chỉ định',
  due: 'Hạn',
  add: 'Thêm nhiệm vụ',
  drop: (n: number) => `Xóa nhiệm vụ ${n}`,
  save: 'Lưu',
  remove: 'Xóa kết luận',
  removeTitle: 'Xóa kết luận này?',
  removeLead: 'Các nhiệm vụ kèm theo cũng bị xóa.',
  theirs: (name: string) => `${name} vừa sửa kết luận này. Bản của họ:`,
  theirsTodo:
    'Bản của đồng chí vẫn còn bên dưới. Bấm Lưu để thay bằng bản của đồng chí, hoặc lấy bản của họ.',
  take: 'Lấy bản của họ',
  gone: 'Kết luận này vừa bị xóa. Bấm Lưu để ghi lại thành kết luận mới.',
  somebody: 'Người khác',
}
const en: typeof vi = {
  text: 'The conclusion',
  missing: 'Please write the conclusion.',
  tasks: 'Tasks',
  task: (n) => `Task ${n}`,
  what: 'What is to be done',
  whatMissing: 'Please write what is to be done, or remove this task.',
  unit: 'Unit',
  person: 'Person',
  nobody: 'Nobody in particular',
  due: 'Due',
  add: 'Add task',
  drop: (n) => `Remove task ${n}`,
  save: 'Save',
  remove: 'Remove conclusion',
  removeTitle: 'Remove this conclusion?',
  removeLead: 'Its tasks go with it.',
  theirs: (name) => `${name} has just changed this conclusion. Their text:`,
  theirsTodo: 'Yours is still below. Press Save to put yours in its place, or take theirs.',
  take: 'Take theirs',
  gone: 'This conclusion has just been removed. Press Save to write it as a new one.',
  somebody: 'Somebody else',
}

/** Rows keep their own key, because new ones have no id. */
type Row = Required<TaskPlan> & { key: number }

function rowOf(task: Task, key: number): Row {
  const { id, text: what, unit, participant, due_on } = task
  return { key, id, text: what, unit, participant, due_on }
}

function rowsOf(conclusion: Conclusion | null): readonly Row[] {
  return conclusion?.tasks.map(rowOf) ?? []
}

export function ConclusionForm({ item, conclusion, onClose }: FormProps) {
  const acts = useActs()
  const meeting = acts.store.meeting.value
  const t = language.value === 'en' ? en : vi
  const now = meeting?.conclusions.find((one) => one.id === conclusion) ?? null
  /** The revision that the text below is written upon. */
  const seen = useSignal(now?.revision ?? 0)
  const own = useSignal(now?.text ?? '')
  const tasks = useSignal(rowsOf(now))
  const isTried = useSignal(false)
  const isSaving = useSignal(false)
  const asks = useSignal(false)
  if (meeting === null) return null
  const isMet = now !== null && now.revision !== seen.value
  const write = (key: number, change: Partial<Row>) => {
    tasks.value = tasks.value.map((row) => (row.key === key ? { ...row, ...change } : row))
  }
  const save = async () => {
    isTried.value = true
    const empty = tasks.value.find((row) => row.text.trim() === '')
    if (own.value.trim() === '' || empty) {
      document.getElementById(own.value.trim() === '' ? 'conclusion-text' : `task-${empty?.key}`)?.focus()
      return
    }
    isSaving.value = true
    const kept = new Set(now?.tasks.map((task) => task.id))
    const result = await order(acts, {
      type: 'write_conclusion',
      item,
      conclusion: now?.id ?? null,
      revision: now?.revision ?? 0,
      text: own.value.trim(),
      // What somebody else took out meanwhile comes back as a new one.
      tasks: tasks.value.map(({ key: _, id, ...row }) => ({ ...row, id: id && kept.has(id) ? id : null })),
    })
    isSaving.value = false
    if (result.ok) onClose()
  }
  if (asks.value && now) {
    return (
      <Question
        title={t.removeTitle}
        lead={t.removeLead}
        yes={t.remove}
        no={text.value.cancel}
        onYes={() => {
          onClose()
          void order(acts, { type: 'remove_conclusion', conclusion: now.id })
        }}
        onClose={() => {
          asks.value = false
        }}
      />
    )
  }
  const people = attendants(meeting)
  return (
    <Modal
      title={`${text.value.conclusion.title} · ${meeting.agenda.find((one) => one.id === item)?.number ?? ''}`}
      class="conclusion-form"
      onClose={onClose}
    >
      {conclusion !== null && now === null && <p class="fault">{t.gone}</p>}
      {isMet && now && (
        <div class="met" role="alert">
          <b>{t.theirs(personOf(meeting, now.written_by)?.name ?? t.somebody)}</b>
          <p class="prose">{now.text}</p>
          <ul>
            {now.tasks.map((task) => (
              <li key={task.id}>– {task.text}</li>
            ))}
          </ul>
          <p class="small">{t.theirsTodo}</p>
          <button
            type="button"
            onClick={() => {
              own.value = now.text
              tasks.value = rowsOf(now)
              seen.value = now.revision
            }}
          >
            {t.take}
          </button>
        </div>
      )}
      <div>
        <label for="conclusion-text">{t.text}</label>
        <textarea
          id="conclusion-text"
          rows={4}
          maxLength={5000}
          value={own.value}
          aria-invalid={isTried.value && own.value.trim() === ''}
          onInput={(event) => {
            own.value = event.currentTarget.value
          }}
        />
        {isTried.value && own.value.trim() === '' && <p class="fault">{t.missing}</p>}
      </div>
      {tasks.value.map((row, i) => (
        <fieldset key={row.key}>
          <legend>{t.task(i + 1)}</legend>
          <label for={`task-${row.key}`}>{t.what}</label>
          <div class="row">
            <input
              id={`task-${row.key}`}
              maxLength={500}
              value={row.text}
              aria-invalid={isTried.value && row.text.trim() === ''}
              onInput={(event) => write(row.key, { text: event.currentTarget.value })}
            />
            <button
              type="button"
              class="quiet"
              aria-label={t.drop(i + 1)}
              onClick={() => {
                tasks.value = tasks.value.filter((one) => one !== row)
              }}
            >
              <Icon of={Trash2} />
            </button>
          </div>
          {isTried.value && row.text.trim() === '' && <p class="fault">{t.whatMissing}</p>}
          <label for={`unit-${row.key}`}>{t.unit}</label>
          <input
            id={`unit-${row.key}`}
            list="conclusion-units"
            maxLength={200}
            value={row.unit}
            onInput={(event) => write(row.key, { unit: event.currentTarget.value })}
          />
          <label for={`person-${row.key}`}>{t.person}</label>
          <select
            id={`person-${row.key}`}
            value={row.participant ?? ''}
            onChange={({ currentTarget: { value } }) => write(row.key, { participant: value || null })}
          >
            <option value="">{t.nobody}</option>
            {people.map((one) => (
              <option key={one.id} value={one.id}>
                {[one.name, one.unit].filter(Boolean).join(' · ')}
              </option>
            ))}
          </select>
          <label for={`due-${row.key}`}>{t.due}</label>
          <input
            id={`due-${row.key}`}
            type="date"
            value={row.due_on ?? ''}
            onInput={({ currentTarget: { value } }) => write(row.key, { due_on: value || null })}
          />
        </fieldset>
      ))}
      <datalist id="conclusion-units">
        {[...new Set(people.map((one) => one.unit).filter(Boolean))].map((unit) => (
          <option key={unit} value={unit} />
        ))}
      </datalist>
      <button
        type="button"
        onClick={() => {
          const key = Math.max(-1, ...tasks.value.map((row) => row.key)) + 1
          tasks.value = [
            ...tasks.value,
            { key, id: null, text: '', unit: '', participant: null, due_on: null },
          ]
        }}
      >
        <Icon of={Plus} />
        {t.add}
      </button>
      <div class="actions">
        {now && (
          <button
            type="button"
            class="danger"
            onClick={() => {
              asks.value = true
            }}
          >
            {t.remove}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {text.value.cancel}
        </button>
        <button type="button" class="primary" disabled={isSaving.value} onClick={() => void save()}>
          {t.save}
        </button>
      </div>
    </Modal>
  )
}
