import { expect, test } from 'vitest'
import type { AgendaItem } from '../../src/gen/protocol'
import { type Draft, dropped, merged, stepped, withAllBelow } from '../../src/state/agenda'
import { apply } from '../../src/state/meeting'
import { happened, MEETING } from '../meetings'

function item(number: string, change: Partial<AgendaItem> = {}): AgendaItem {
  const parent = number.includes('.') ? number.slice(0, number.lastIndexOf('.')) : null
  return {
    ...(MEETING.agenda[0] as AgendaItem),
    id: number,
    number,
    title: `Mục ${number}`,
    parent,
    ...change,
  }
}

const AGENDA = ['1', '2', '2.1', '2.2', '3'].map((number) => item(number))
const WITH = { ...MEETING, agenda: AGENDA }

test('an item that moves takes what is below it along, and all are in order of their new numbers', () => {
  const numbers = { '2': '1', '2.1': '1.1', '2.2': '1.2', '1': '2' }
  const after = apply(WITH, happened('item_moved', { item: item('2', { number: '1' }), numbers }))
  expect(after.agenda.map((one) => [one.id, one.number])).toEqual([
    ['2', '1'],
    ['2.1', '1.1'],
    ['2.2', '1.2'],
    ['1', '2'],
    ['3', '3'],
  ])
})

test('an item that is taken off goes with what is below it', () => {
  const after = apply(
    WITH,
    happened('item_removed', { items: ['2', '2.1', '2.2'], title: 'Mục 2', numbers: { '3': '2' } }),
  )
  expect(after.agenda.map((one) => one.number)).toEqual(['1', '2'])
})

test('a change leaves the others alone', () => {
  const changed = item('2.1', { title: 'Khác', revision: 2 })
  const after = apply(WITH, happened('item_changed', { item: changed }))
  expect(after.agenda.map((one) => one.title)).toEqual(['Mục 1', 'Mục 2', 'Khác', 'Mục 2.2', 'Mục 3'])
})

test('steps lead up, down, in and out, and nowhere at the edges', () => {
  expect(stepped(AGENDA, '1', 'up')).toBeNull()
  expect(stepped(AGENDA, '1', 'in')).toBeNull()
  expect(stepped(AGENDA, '1', 'out')).toBeNull()
  expect(stepped(AGENDA, '3', 'down')).toBeNull()
  expect(stepped(AGENDA, '3', 'up')).toEqual({ parent: null, before: '2' })
  expect(stepped(AGENDA, '1', 'down')).toEqual({ parent: null, before: '3' })
  expect(stepped(AGENDA, '2', 'down')).toEqual({ parent: null, before: null })
  expect(stepped(AGENDA, '3', 'in')).toEqual({ parent: '2', before: null })
  expect(stepped(AGENDA, '2.1', 'out')).toEqual({ parent: null, before: '3' })
})

test('an item is dropped before another or behind all, never into itself or where it is', () => {
  expect(dropped(AGENDA, '3', '2.1')).toEqual({ parent: '2', before: '2.1' })
  expect(dropped(AGENDA, '1', null)).toEqual({ parent: null, before: null })
  expect(dropped(AGENDA, '2', '2.2')).toBeNull()
  expect(dropped(AGENDA, '2', '3')).toBeNull()
  expect(dropped(AGENDA, '3', null)).toBeNull()
  expect(withAllBelow(AGENDA, '2').map((one) => one.id)).toEqual(['2', '2.1', '2.2'])
})

test('what one did not touch becomes theirs; what both wrote stays one’s own and is named', () => {
  const base: Draft = { title: 'A', presenters: [], planned_at: null, budget_s: 60 }
  const own = { ...base, title: 'B', budget_s: 120 }
  const theirs = {
    ...base,
    title: 'C',
    presenters: [{ participant: null, name: 'Bà Lụa' }],
    budget_s: 120,
  }
  const { draft, both } = merged(base, own, theirs)
  expect(draft).toEqual({ ...theirs, title: 'B' })
  expect(both).toEqual(['title'])
  expect(merged(base, own, base)).toEqual({ draft: own, both: [] })
})
