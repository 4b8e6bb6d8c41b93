/** One's own notes beside the pages: kept by the service as one writes, told to nobody. */
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../gen/protocol'
import { noteAt, pageNotes } from '../../protocol/papers'
import { unsentOf } from '../../protocol/unsent'
import { useActs } from '../acts'
import { untilHere } from '../parts/untilhere'
import { RefusedHere } from './refused'
import { papersText } from './texts'

const TYPING_MS = 800
export const NOTE_LONGEST = 1000

export interface Notes {
  /** Of the version that is read, by page; null until they are here. */
  byPage: ReadonlyMap<number, string> | null
  write: (page: number, words: string) => void
  /** What was written is not kept yet. */
  isUnsaved: boolean
  /** Why the service did not take what stands on a page. */
  refused: (page: number) => Problem | null
  again: (page: number) => void
  /** Have what the service keeps instead. */
  drop: (page: number) => void
}

export function useNotes(version: string | null): Notes {
  const unsent = unsentOf(useActs().store.me.value)
  const [attempt, setAttempt] = useState(0)
  const [kept, setKept] = useState<{ of: string; byPage: ReadonlyMap<number, string> } | null>(null)
  useEffect(() => {
    if (version === null) return
    // Until they are here nothing can be written over them.
    return untilHere(
      () => pageNotes(version),
      ({ notes }) => {
        const byPage = new Map(notes.map(({ page, text }) => [page, text]))
        // What was written without a line, or not taken, is newer.
        for (const { path, body } of [...unsent.refused.peek().values(), ...unsent.waiting.peek().values()]) {
          const page = pageOf(path, version)
          if (page !== null) byPage.set(page, (body as { text: string }).text)
        }
        setKept({ of: version, byPage })
      },
    )
  }, [version, unsent, attempt])
  // What was written last goes out when the paper is closed.
  useEffect(() => () => void unsent.flush(), [unsent])

  const byPage = kept !== null && kept.of === version ? kept.byPage : null
  return {
    byPage,
    isUnsaved: version !== null && [...unsent.waiting.value.keys()].some((path) => pageOf(path, version)),
    refused: (page) => unsent.refused.value.get(noteAt(version ?? '', page))?.problem ?? null,
    again: (page) => unsent.again(noteAt(version ?? '', page)),
    drop: (page) => {
      unsent.drop(noteAt(version ?? '', page))
      setAttempt(attempt + 1)
    },
    write: (page, words) => {
      if (version === null || byPage === null) return
      setKept({ of: version, byPage: new Map(byPage).set(page, words) })
      unsent.put({ path: noteAt(version, page), body: { text: words } }, TYPING_MS)
    },
  }
}

/** The page of the version whose note lies at that address. */
function pageOf(path: string, version: string): number | null {
  const beginning = noteAt(version, '')
  return path.startsWith(beginning) ? Number(path.slice(beginning.length)) : null
}

interface Props {
  notes: Notes
  page: number
  /** null: the meeting is over, and notes are only read. */
  onDraw: (() => void) | null
}

export function NoteField({ notes, page, onDraw }: Props) {
  const t = papersText.value
  const problem = notes.refused(page)
  return (
    <>
      {problem && (
        <RefusedHere
          problem={problem}
          kept={t.noteRefused}
          onAgain={() => notes.again(page)}
          onDrop={() => notes.drop(page)}
        />
      )}
      <div class="note">
        <label for="page-note">{t.note(page)}</label>
        <textarea
          id="page-note"
          rows={3}
          maxLength={NOTE_LONGEST}
          disabled={notes.byPage === null}
          readOnly={onDraw === null}
          placeholder={t.noteLead}
          value={notes.byPage?.get(page) ?? ''}
          onInput={(event) => notes.write(page, event.currentTarget.value)}
        />
        <div class="row">
          <span class="small soft grow" role="status">
            {onDraw === null ? t.noteOver : notes.isUnsaved ? t.noteUnsaved : t.notePrivate}
          </span>
          {onDraw && (
            <button type="button" onClick={onDraw}>
              {t.draw}
            </button>
          )}
        </div>
      </div>
    </>
  )
}
