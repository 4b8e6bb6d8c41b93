/** One item to write: its fields, its place, and beside them what somebody else has just written. */
import { useSignal } from '@preact/signals'
import { ArrowDown, ArrowUp, IndentDecrease, IndentIncrease, Plus, Trash2 } from 'lucide'
import type { AgendaItem } from '../../../gen/protocol'
import {
  type Draft,
  draftOf,
  type Field,
  merged,
  type Step,
  stepped,
  withAllBelow,
} from '../../../state/agenda'
import { atHour, hourOf } from '../../../state/hours'
import { text } from '../../../state/i18n'
import { personOf } from '../../../state/meeting'
import { order, useActs } from '../../acts'
import { Icon } from '../../parts/icon'
import { Modal, Question } from '../../parts/modal'
import { Presenters } from './presenters'
import { words } from './words'

const EMPTY: Draft = { title: '', presenters: [], planned_at: null, budget_s: 0 }
const MINUTES = /^\d{1,4}$/
const MINUTES_MAX = 1440
const ICONS = { up: ArrowUp, down: ArrowDown, in: IndentIncrease, out: IndentDecrease }

interface Props {
  of: { item: string } | { parent: string | null }
  onBelow: (parent: string) => void
  onClose: () => void
}

export function ItemForm({ of, onBelow, onClose }: Props) {
  const acts = useActs()
  const meeting = acts.store.meeting.value
  const t = words()
  const item = 'item' in of ? (meeting?.agenda.find((one) => one.id === of.item) ?? null) : null
  /** As it was when one began, or last took notice of what others wrote. */
  const base = useSignal<Draft>(item ? draftOf(item) : EMPTY)
  const own = useSignal<Draft>(base.value)
  const typed = useSignal<string | null>(null)
  const isSaving = useSignal(false)
  const isTried = useSignal(false)
  const asks = useSignal(false)
  if (meeting === null) return null

  const { draft, both } = item ? merged(base.value, own.value, draftOf(item)) : { draft: own.value, both: [] }
  const write = (change: Partial<Draft>) => {
    own.value = { ...draft, ...change }
    if (item && both.length === 0) base.value = draftOf(item)
  }
  const take = (field: Field) => {
    if (!item) return
    own.value = { ...draft, [field]: item[field] }
    if (field === 'budget_s') typed.value = null
  }
  // What is typed, as long as it is what would be saved, or cannot be.
  const isTyped =
    typed.value !== null && (!MINUTES.test(typed.value) || Number(typed.value) * 60 === draft.budget_s)
  const minutes = isTyped ? (typed.value ?? '') : String(Math.round(draft.budget_s / 60))
  const faults = {
    title: draft.title.trim() === '' ? t.titleMissing : null,
    budget_s: !MINUTES.test(minutes) || Number(minutes) > MINUTES_MAX ? t.budgetWrong : null,
  }
  const isGone = 'item' in of && item === null
  const save = async () => {
    isTried.value = true
    if (faults.title || faults.budget_s) {
      document.getElementById(faults.title ? 'item-title' : 'item-budget')?.focus()
      return
    }
    isSaving.value = true
    const written = { ...draft, title: draft.title.trim() }
    const result = await order(
      acts,
      item
        ? { type: 'change_item', item: item.id, revision: item.revision, ...written }
        : { type: 'add_item', parent: 'parent' in of ? of.parent : null, ...written },
    )
    isSaving.value = false
    if (result.ok || result.problem?.code === 'already_so') onClose()
  }
  if (asks.value && item) {
    const below = withAllBelow(meeting.agenda, item.id).length - 1
    return (
      <Question
        title={t.removeTitle(item.number)}
        lead={t.removeLead(below)}
        yes={t.remove}
        no={text.value.cancel}
        onYes={() => {
          onClose()
          void order(acts, { type: 'remove_item', item: item.id })
        }}
        onClose={() => {
          asks.value = false
        }}
      />
    )
  }
  const beside = (field: Field) =>
    item &&
    both.includes(field) && (
      <div class="theirs">
        <div class="grow">{said(item, field) || <i>{t.nothing}</i>}</div>
        <button type="button" onClick={() => take(field)}>
          {t.takeTheirs}
        </button>
      </div>
    )
  const parent = 'parent' in of ? meeting.agenda.find((one) => one.id === of.parent) : undefined
  const heading = item ? t.titleEdit(item.number) : parent ? t.titleBelow(parent.number) : t.titleNew
  return (
    <Modal title={heading} class="item-form" onClose={onClose}>
      {isGone && <p class="fault">{t.gone}</p>}
      {item && both.length > 0 && (
        <div class="met" role="alert">
          <b>{t.theirs(personOf(meeting, item.changed_by)?.name ?? t.somebody)}</b>
          <p class="small">{t.theirsLead}</p>
        </div>
      )}
      <div>
        <label for="item-title">{t.field.title}</label>
        <textarea
          id="item-title"
          rows={2}
          maxLength={500}
          value={draft.title}
          aria-invalid={isTried.value && faults.title !== null}
          aria-describedby="item-title-fault"
          onInput={(event) => write({ title: event.currentTarget.value })}
        />
        <p id="item-title-fault" class="fault">
          {isTried.value && faults.title}
        </p>
        {beside('title')}
      </div>
      <div>
        <Presenters
          value={draft.presenters}
          people={meeting.participants}
          onChange={(presenters) => write({ presenters })}
        />
        {beside('presenters')}
      </div>
      <div class="row hours">
        <div class="grow">
          <label for="item-hour">{t.field.planned_at}</label>
          <input
            id="item-hour"
            type="time"
            value={draft.planned_at ? hourOf(draft.planned_at) : ''}
            onInput={({ currentTarget: { value } }) =>
              write({ planned_at: value ? atHour(draft.planned_at ?? meeting.starts_at, value) : null })
            }
          />
        </div>
        <div class="grow">
          <label for="item-budget">{t.field.budget_s}</label>
          <input
            id="item-budget"
            inputMode="numeric"
            value={minutes}
            aria-invalid={isTried.value && faults.budget_s !== null}
            aria-describedby="item-budget-fault"
            onInput={({ currentTarget: { value } }) => {
              typed.value = value.trim()
              if (MINUTES.test(typed.value)) write({ budget_s: Number(typed.value) * 60 })
            }}
          />
        </div>
      </div>
      <p id="item-budget-fault" class="fault">
        {isTried.value && faults.budget_s}
      </p>
      {beside('planned_at')}
      {beside('budget_s')}
      {item && <Place item={item} />}
      {item && (
        <div class="row wrap">
          <button type="button" class="grow" onClick={() => onBelow(item.id)}>
            <Icon of={Plus} />
            {t.addBelow}
          </button>
          <button
            type="button"
            class="danger grow"
            disabled={withAllBelow(meeting.agenda, item.id).some((one) => one.state !== 'pending')}
            title={item.state === 'pending' ? undefined : t.begun}
            onClick={() => {
              asks.value = true
            }}
          >
            <Icon of={Trash2} />
            {t.remove}
          </button>
        </div>
      )}
      <div class="actions">
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

/** A field of an item in words. */
function said(item: AgendaItem, field: Field): string {
  switch (field) {
    case 'title':
      return item.title
    case 'presenters':
      return item.presenters.map((one) => one.name).join(', ')
    case 'planned_at':
      return item.planned_at ? hourOf(item.planned_at) : ''
    case 'budget_s':
      return item.budget_s > 0 ? text.value.agenda.budget(Math.round(item.budget_s / 60)) : ''
  }
}

function Place({ item }: { item: AgendaItem }) {
  const acts = useActs()
  const t = words()
  const agenda = acts.store.meeting.value?.agenda ?? []
  return (
    <fieldset class="place">
      <legend>{t.place}</legend>
      {(['up', 'down', 'out', 'in'] as const satisfies readonly Step[]).map((step) => {
        const goal = stepped(agenda, item.id, step)
        return (
          <button
            key={step}
            type="button"
            disabled={goal === null}
            onClick={() => goal && void order(acts, { type: 'move_item', item: item.id, ...goal })}
          >
            <Icon of={ICONS[step]} />
            {t.step[step]}
          </button>
        )
      })}
    </fieldset>
  )
}
