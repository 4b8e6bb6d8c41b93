/** One's own notes beside the pages: kept by the service as one writes, told to nobody. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { keepNote, pageNotes } from '../../protocol/papers'
import { papersText } from './texts'

const TYPING_MS = 800
const AGAIN_MS = 3_000
export const NOTE_LONGEST = 1000

export interface Notes {
  /** Of the version that is read, by page; null until they are here. */
  byPage: ReadonlyMap<number, string> | null
  write: (page: number, words: string) => void
  /** What was written is not kept yet. */
  isUnsaved: boolean
}

export function useNotes(version: string | null): Notes {
  const [kept, setKept] = useState<{ of: string; byPage: ReadonlyMap<number, string> } | null>(null)
  /** Written and not yet kept: version, page, words. */
  const waiting = useRef(new Map<string, readonly [string, number, string]>())
  const [unsaved, setUnsaved] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    if (version === null) return
    let isCurrent = true
    pageNotes(version).then(
      ({ notes }) =>
        isCurrent && setKept({ of: version, byPage: new Map(notes.map(({ page, text }) => [page, text])) }),
      // Without them nothing can be written over what is there.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [version])

  const send = async () => {
    for (const [key, note] of [...waiting.current]) {
      try {
        await keepNote(...note)
      } catch {
        // Kept here until the line is back.
        timer.current = setTimeout(() => void send(), AGAIN_MS)
        return
      }
      if (waiting.current.get(key) === note) waiting.current.delete(key)
      setUnsaved(waiting.current.size)
    }
  }
  // What was written last goes out when the paper is closed.
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      void send()
    },
    [],
  )

  const byPage = kept !== null && kept.of === version ? kept.byPage : null
  return {
    byPage,
    isUnsaved: unsaved > 0,
    write: (page, words) => {
      if (version === null || byPage === null) return
      setKept({ of: version, byPage: new Map(byPage).set(page, words) })
      waiting.current.set(`${version} ${page}`, [version, page, words])
      setUnsaved(waiting.current.size)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void send(), TYPING_MS)
    },
  }
}

export function NoteField({ notes, page }: { notes: Notes; page: number }) {
  const t = papersText.value
  return (
    <div class="note">
      <label for="page-note">{t.note(page)}</label>
      <textarea
        id="page-note"
        rows={3}
        maxLength={NOTE_LONGEST}
        disabled={notes.byPage === null}
        placeholder={t.noteLead}
        value={notes.byPage?.get(page) ?? ''}
        onInput={(event) => notes.write(page, event.currentTarget.value)}
      />
      <span class="small soft" role="status">
        {notes.isUnsaved ? t.noteUnsaved : t.notePrivate}
      </span>
    </div>
  )
}
