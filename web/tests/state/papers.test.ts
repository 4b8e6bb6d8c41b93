import { describe, expect, it, test } from 'vitest'
import type { Meeting, Paper, PaperPiece, PaperVersion } from '../../src/gen/protocol'
import { apply } from '../../src/state/meeting'
import { changesOf, paperOf, readable, shelves, withOwnPapers } from '../../src/state/papers'
import { MEETING } from '../meetings'

function version(id: string, change: Partial<PaperVersion> = {}): PaperVersion {
  return {
    id,
    number: 1,
    state: 'ready',
    kind: 'pdf',
    pages: 5,
    size: 1000,
    problem: null,
    added_at: '2026-11-22T01:00:00Z',
    approved_at: '2026-11-22T01:30:00Z',
    ...change,
  }
}

function paper(id: string, change: Partial<Paper> = {}): Paper {
  return {
    id,
    item: null,
    title: `Tài liệu ${id}`,
    audience: 'delegates',
    confidential: false,
    recalled: false,
    readers: null,
    revision: 0,
    versions: [version(`v-${id}`)],
    ...change,
  }
}

function after(meeting: Meeting, name: string, data: Record<string, unknown>): Meeting {
  return apply(meeting, { type: 'event', seq: 1, name, actor: null, at: '2026-11-22T02:00:00Z', data })
}

test('a paper is known from its first event, and each further one replaces it', () => {
  const added = after(MEETING, 'version_added', { document: paper('d', { versions: [] }) })
  const ready = after(added, 'version_approved', { document: paper('d') })
  expect(added.documents).toHaveLength(1)
  expect(ready.documents).toEqual([paper('d')])
})

test('a recalled paper is shown no more', () => {
  const shown = { document: 'd', version: 'v-d', page: 2, participant: 'chair', audience: 'delegates' }
  const showing = after({ ...MEETING, documents: [paper('d')] }, 'page_shown', { shown })
  expect(showing.shown).toEqual(shown)
  const recalled = after(showing, 'document_recalled', { document: 'd' })
  expect(recalled.shown).toBeNull()
  expect(shelves(recalled, false)).toEqual([])
  expect(shelves(recalled, true)).toHaveLength(1)
})

test('a page that was shown to others stands for nobody once its paper is recalled', () => {
  const hidden = { ...MEETING, shown_to_others: true }
  const other = after(hidden, 'document_recalled', { document: 'e', was_shown: false })
  expect(other.shown_to_others).toBe(true)
  const recalled = after(hidden, 'document_recalled', { document: 'd', was_shown: true })
  expect(recalled.shown_to_others).toBe(false)
})

test('a paper that our role loses waits for word whether it names us', () => {
  const shown = {
    document: 'd',
    version: 'v-d',
    page: 2,
    participant: 'chair',
    audience: 'delegates',
  } as const
  const showing = { ...MEETING, documents: [paper('d'), paper('e')], shown }
  const gone = after(showing, 'readers_changed', { gone: 'd' })
  expect(paperOf(gone, 'v-d')).not.toBeNull()
  expect(gone.shown?.page).toBe(2)
  const named = paper('d', { audience: 'named' })
  const kept = withOwnPapers(gone, {
    type: 'own_papers',
    documents: [named],
    shown: { ...shown, audience: 'named' },
  })
  expect(kept.documents.map((one) => one.id)).toEqual(['d', 'e'])
  expect(kept.shown?.page).toBe(2)
  const lost = withOwnPapers(gone, { type: 'own_papers', documents: [], shown: null })
  expect(lost.documents.map((one) => one.id)).toEqual(['e'])
  expect(lost.shown).toBeNull()
  expect(lost.shown_to_others).toBe(true)
  const opened = after(lost, 'readers_changed', { document: paper('d'), shown })
  expect([opened.shown, opened.shown_to_others]).toEqual([shown, false])
})

test('the end of showing leaves nothing shown', () => {
  const shown = { document: 'd', version: 'v', page: 2, participant: 'chair', audience: 'delegates' } as const
  expect(after({ ...MEETING, shown }, 'showing_ended', {}).shown).toBeNull()
})

test('one reads the newest approved version, and only who prepares the meeting one that is not', () => {
  const older = version('older')
  const waiting = version('waiting', { approved_at: null })
  expect(readable(paper('d', { versions: [older, waiting] }))?.id).toBe('older')
  expect(readable(paper('d', { versions: [waiting] }))?.id).toBe('waiting')
  expect(
    readable(paper('d', { versions: [version('x', { state: 'converting', approved_at: null })] })),
  ).toBeNull()
})

test('papers of the current item come first, then those of the whole meeting', () => {
  const [first, second] = MEETING.agenda as [Meeting['agenda'][0], Meeting['agenda'][0]]
  const meeting: Meeting = {
    ...MEETING,
    agenda: [first, { ...second, state: 'current' }],
    documents: [paper('a', { item: first.id }), paper('b'), paper('c', { item: second.id })],
  }
  const titles = shelves(meeting, false).map(({ papers }) => papers.map((one) => one.id).join())
  expect(titles).toEqual(['c', 'b', 'a'])
})

test('papers of an item that was taken off the agenda stay', () => {
  const meeting = { ...MEETING, documents: [paper('a', { item: 'gone' })] }
  expect(shelves(meeting, false).map(({ item }) => item)).toEqual([null])
})

test('a paper is found by any of its versions', () => {
  const meeting = { ...MEETING, documents: [paper('d')] }
  expect(paperOf(meeting, 'v-d')?.id).toBe('d')
  expect(paperOf(meeting, 'none')).toBeNull()
})

describe('changes between versions', () => {
  const piece = (kind: PaperPiece['kind'], page: number, skipped = 0): PaperPiece => ({
    kind,
    text: `${kind} ${page}`,
    page,
    skipped,
  })

  it('begin anew where words are left out or a page turns', () => {
    const pieces = [
      piece('same', 1, 20),
      piece('removed', 1),
      piece('added', 1),
      piece('same', 1),
      piece('same', 2),
      piece('added', 2),
      piece('added', 7, 900),
    ]
    expect(changesOf(pieces)).toEqual([pieces.slice(0, 4), pieces.slice(4, 6), pieces.slice(6)])
  })

  it('are not what merely stayed', () => {
    expect(changesOf([piece('added', 1), piece('same', 1), piece('same', 2)])).toHaveLength(1)
  })
})

test('papers that name us come and go with what the service says is ours', () => {
  const named = paper('b', { audience: 'named' })
  const shown = { document: 'b', version: 'v-b', page: 1, participant: 'chair', audience: 'named' } as const
  const before = { ...MEETING, documents: [paper('a'), paper('c')] }
  const with_it = withOwnPapers(before, { type: 'own_papers', documents: [named], shown })
  expect(with_it.documents.map((one) => one.id)).toEqual(['a', 'b', 'c'])
  // The next page of it is told to our role as one that it may not see.
  const turned = after(with_it, 'showing_ended', { shown_to_others: true })
  expect(turned.shown).toEqual(shown)
  const gone = withOwnPapers(turned, { type: 'own_papers', documents: [], shown: null })
  expect([gone.shown, gone.shown_to_others, gone.documents.length]).toEqual([null, true, 2])
  expect(after(with_it, 'showing_ended', {}).shown).toBeNull()
})
