/** The papers of a meeting, as its events make them and as a reader finds them. */
import type {
  AgendaItem,
  Meeting,
  OwnPapers,
  Paper,
  PaperPiece,
  PaperVersion,
  ShownPage,
} from '../gen/protocol'

/** What the events about papers carry in `data`. */
export interface PaperData {
  version_added: { document: Paper }
  version_converted: { document: Paper }
  version_failed: { document: Paper }
  version_approved: { document: Paper }
  /** `gone`: the id of one that is for our role no more. */
  readers_changed: { document: Paper; shown: ShownPage | null } | { gone: string }
  /** `was_shown`: its page is nobody's any more, also where it was shown to others; older logs do not say. */
  document_recalled: { document: string; was_shown?: boolean }
  page_shown: { shown: ShownPage }
  /** `shown_to_others`: a page is shown, and not to us. */
  showing_ended: { shown_to_others?: boolean }
}

export function withPaper(meeting: Meeting, paper: Paper): Meeting {
  const isKnown = meeting.documents.some((one) => one.id === paper.id)
  const documents = isKnown
    ? meeting.documents.map((one) => (one.id === paper.id ? paper : one))
    : [...meeting.documents, paper]
  return { ...meeting, documents }
}

/**
 * After `readers_changed`. What is gone from our role may name us: it stands as such a paper, with its page where that
 * is shown, until `own_papers` says what became of it.
 */
export function withReaders(meeting: Meeting, change: PaperData['readers_changed']): Meeting {
  if ('document' in change) {
    const known = withPaper(meeting, change.document)
    return change.shown === null ? known : { ...known, shown: change.shown, shown_to_others: false }
  }
  const paper = meeting.documents.find((one) => one.id === change.gone)
  const rest = paper ? withPaper(meeting, { ...paper, audience: 'named' }) : meeting
  const { shown } = meeting
  if (shown?.document !== change.gone) return rest
  return { ...rest, shown: { ...shown, audience: 'named' }, shown_to_others: true }
}

export function withoutPaper(
  meeting: Meeting,
  { document: id, was_shown = false }: PaperData['document_recalled'],
): Meeting {
  return {
    ...meeting,
    documents: meeting.documents.map((one) => (one.id === id ? { ...one, recalled: true } : one)),
    shown: meeting.shown?.document === id ? null : meeting.shown,
    shown_to_others: meeting.shown_to_others && !was_shown,
  }
}

/** The meeting with the papers that name their readers, us among them; null: it has them already. */
export function withOwnPapers(meeting: Meeting, own: OwnPapers | null): Meeting {
  if (own === null) return meeting
  const others = meeting.documents.filter((paper) => paper.audience !== 'named')
  const documents = [...others, ...own.documents].sort((a, b) => (a.id < b.id ? -1 : 1))
  const wasOwn = meeting.shown?.audience === 'named'
  return { ...meeting, documents, shown: own.shown ?? (wasOwn ? null : meeting.shown) }
}

/** After `showing_ended`: a page of a paper that names us stands until `own_papers` says what became of it. */
export function withoutShown(
  meeting: Meeting,
  { shown_to_others = false }: PaperData['showing_ended'],
): Meeting {
  const stays = shown_to_others && meeting.shown?.audience === 'named'
  return { ...meeting, shown: stays ? meeting.shown : null, shown_to_others }
}

/** The version to read: the newest that is approved, for who prepares the meeting also the newest that is ready. */
export function readable(paper: Paper): PaperVersion | null {
  return (
    paper.versions.findLast((version) => version.approved_at !== null) ??
    paper.versions.findLast((version) => version.state === 'ready') ??
    null
  )
}

/** Its versions whose texts can be held against each other, the newest last. */
export function comparable(paper: Paper): readonly PaperVersion[] {
  return paper.versions.filter((version) => version.state === 'ready')
}

/** Pieces of one change with the words around it. */
export type Change = readonly PaperPiece[]

/** The pieces of a comparison by change: a new one begins where words are left out, and on another page. */
export function changesOf(pieces: readonly PaperPiece[]): readonly Change[] {
  const changes: PaperPiece[][] = []
  let last: PaperPiece | null = null
  for (const piece of pieces) {
    const turns = last !== null && piece.kind === 'same' && last.kind === 'same' && piece.page !== last.page
    if (last === null || piece.skipped > 0 || turns) changes.push([])
    changes.at(-1)?.push(piece)
    last = piece
  }
  return changes.filter((change) => change.some((piece) => piece.kind !== 'same'))
}

export function paperOf(meeting: Meeting, version: string): Paper | null {
  return meeting.documents.find((paper) => paper.versions.some((one) => one.id === version)) ?? null
}

export interface Shelf {
  /** null: of the whole meeting. */
  item: AgendaItem | null
  papers: readonly Paper[]
}

/** Papers by item of the agenda: the current item first, then those of the whole meeting, then by the agenda. */
export function shelves(meeting: Meeting, seesRecalled: boolean): readonly Shelf[] {
  const papers = meeting.documents.filter((paper) => seesRecalled || !paper.recalled)
  const items = new Set(meeting.agenda.map((item) => item.id))
  const of = (item: AgendaItem | null): Shelf => ({
    item,
    // What was taken off the agenda leaves its papers to the whole meeting.
    papers: papers.filter((paper) =>
      item === null ? paper.item === null || !items.has(paper.item) : paper.item === item.id,
    ),
  })
  const current = meeting.agenda.filter((item) => item.state === 'current')
  const others = meeting.agenda.filter((item) => item.state !== 'current')
  return [...current.map(of), of(null), ...others.map(of)].filter((shelf) => shelf.papers.length > 0)
}
