/** The agenda as a tree that people write together: what happens to it, where items may go, whose words meet. */
import type { AgendaItem, ItemPresenter, Meeting, MeetingEvent, MoveItem } from '../gen/protocol'

/** What each event of the agenda carries in `data`, by its name. */
export interface AgendaEvents {
  item_added: { item: AgendaItem }
  item_changed: { item: AgendaItem }
  item_moved: { item: AgendaItem; numbers: Record<string, string> }
  item_removed: { items: readonly string[]; title: string; numbers: Record<string, string> }
  item_opened: { item: string; previous: { item: string; spent_s: number } | null }
  item_closed: { item: string; spent_s: number }
}

type Agenda = readonly AgendaItem[]
type Changes = { [N in keyof AgendaEvents]: (agenda: Agenda, data: AgendaEvents[N], at: string) => Agenda }

/** 1, 1.1, 1.2, 2, ... 10. */
const inReading = new Intl.Collator('en', { numeric: true })

function inOrder(agenda: Agenda): Agenda {
  return [...agenda].sort((a, b) => inReading.compare(a.number, b.number))
}

function edited(agenda: Agenda, id: string, change: Partial<AgendaItem>): Agenda {
  return agenda.map((item) => (item.id === id ? { ...item, ...change } : item))
}

function numbered(agenda: Agenda, numbers: Record<string, string>): Agenda {
  return inOrder(agenda.map((item) => ({ ...item, number: numbers[item.id] ?? item.number })))
}

function finished(agenda: Agenda, id: string, spent_s: number): Agenda {
  return edited(agenda, id, { state: 'done', opened_at: null, spent_s })
}

const changes: Changes = {
  item_added: (agenda, { item }) => inOrder([...agenda.filter((one) => one.id !== item.id), item]),
  item_changed: (agenda, { item }) => edited(agenda, item.id, item),
  item_moved: (agenda, { item, numbers }) => numbered(edited(agenda, item.id, item), numbers),
  item_removed: (agenda, { items, numbers }) =>
    numbered(
      agenda.filter((one) => !items.includes(one.id)),
      numbers,
    ),
  item_opened: (agenda, { item, previous }, at) =>
    edited(previous ? finished(agenda, previous.item, previous.spent_s) : agenda, item, {
      state: 'current',
      opened_at: at,
    }),
  item_closed: (agenda, { item, spent_s }) => finished(agenda, item, spent_s),
}

function change<N extends keyof AgendaEvents>(name: N) {
  return (meeting: Meeting, event: MeetingEvent): Meeting => ({
    ...meeting,
    agenda: changes[name](meeting.agenda, event.data as unknown as AgendaEvents[N], event.at),
  })
}

export const agendaChanges = {
  item_added: change('item_added'),
  item_changed: change('item_changed'),
  item_moved: change('item_moved'),
  item_removed: change('item_removed'),
  item_opened: change('item_opened'),
  item_closed: change('item_closed'),
}

/** The meeting once its current item was closed by a larger step. */
export function closedItem(meeting: Meeting, { item, spent_s }: AgendaEvents['item_closed']): Meeting {
  return { ...meeting, agenda: finished(meeting.agenda, item, spent_s) }
}

export function presenterNames(item: AgendaItem): string {
  return item.presenters.map((one) => one.name).join(', ')
}

/** 0 for an item at the top. */
export function level(item: AgendaItem): number {
  return item.number.split('.').length - 1
}

/** The item and all that is below it, in the order of reading. */
export function withAllBelow(agenda: Agenda, id: string): Agenda {
  const inside = new Set([id])
  return agenda.filter((item) => {
    if (item.parent !== null && inside.has(item.parent)) inside.add(item.id)
    return inside.has(item.id)
  })
}

// Where an item may go ------------------------------------------------------------------------------------

export type Step = 'up' | 'down' | 'in' | 'out'
export type Goal = Required<Pick<MoveItem, 'parent' | 'before'>>

/** Where one step takes an item; null where it leads nowhere. */
export function stepped(agenda: Agenda, id: string, step: Step): Goal | null {
  const item = agenda.find((one) => one.id === id)
  if (item === undefined) return null
  const siblingsOf = (parent: string | null) => agenda.filter((one) => one.parent === parent)
  const siblings = siblingsOf(item.parent)
  const place = siblings.indexOf(item)
  const [previous, next] = [siblings[place - 1], siblings[place + 1]]
  switch (step) {
    case 'up':
      return previous ? { parent: item.parent, before: previous.id } : null
    case 'down':
      return next ? { parent: item.parent, before: siblings[place + 2]?.id ?? null } : null
    case 'in':
      return previous ? { parent: previous.id, before: null } : null
    case 'out': {
      const parent = agenda.find((one) => one.id === item.parent)
      if (parent === undefined) return null
      const uncles = siblingsOf(parent.parent)
      return { parent: parent.parent, before: uncles[uncles.indexOf(parent) + 1]?.id ?? null }
    }
  }
}

/** Where an item goes that is dropped before `target`, or with null behind all; null where it may not or is already. */
export function dropped(agenda: Agenda, id: string, target: string | null): Goal | null {
  if (target !== null && withAllBelow(agenda, id).some((one) => one.id === target)) return null
  const at = agenda.find((one) => one.id === target)
  const goal = { parent: at?.parent ?? null, before: at?.id ?? null }
  const siblings = agenda.filter((one) => one.parent === goal.parent)
  const place = siblings.findIndex((one) => one.id === id)
  const isThere = place >= 0 && (siblings[place + 1]?.id ?? null) === goal.before
  return isThere ? null : goal
}

// Whose words meet ----------------------------------------------------------------------------------------

/** What somebody writes in an item. */
export interface Draft {
  title: string
  presenters: readonly ItemPresenter[]
  planned_at: string | null
  budget_s: number
}
export type Field = keyof Draft
export const FIELDS: readonly Field[] = ['title', 'presenters', 'planned_at', 'budget_s']

export function draftOf({ title, presenters, planned_at, budget_s }: Draft): Draft {
  return { title, presenters, planned_at, budget_s }
}

function spelled(value: Draft[Field]): string {
  if (Array.isArray(value)) return value.map((one) => one.participant ?? `=${one.name}`).join('\n')
  return String(value)
}

/**
 * One's own draft of an item after somebody else wrote in it: what one did not touch is theirs, what both wrote stays
 * one's own and is named, so that theirs can be shown beside it.
 */
export function merged(base: Draft, own: Draft, theirs: Draft): { draft: Draft; both: readonly Field[] } {
  const differs = (field: Field, a: Draft, b: Draft) => spelled(a[field]) !== spelled(b[field])
  const untouched = FIELDS.filter((field) => !differs(field, base, own))
  const draft = { ...own, ...Object.fromEntries(untouched.map((field) => [field, theirs[field]])) }
  const both = FIELDS.filter(
    (field) => !untouched.includes(field) && differs(field, base, theirs) && differs(field, own, theirs),
  )
  return { draft, both }
}
