/** Words in the papers: where they are, as one types. */
import { useEffect, useState } from 'preact/hooks'
import type { Meeting, PaperHits } from '../../gen/protocol'
import { searchPapers } from '../../protocol/papers'
import { paperOf } from '../../state/papers'
import { papersText } from './texts'

const TYPING_MS = 300

/** What the service finds; null until it has answered. `version`: in one paper alone. */
export function useSearch(query: string, version: string | null): PaperHits | null {
  const [found, setFound] = useState<{ of: string; hits: PaperHits } | null>(null)
  const wanted = query.trim()
  const of = `${version} ${wanted}`
  useEffect(() => {
    if (wanted === '') return
    let isCurrent = true
    const timer = setTimeout(() => {
      searchPapers(wanted, version).then(
        (hits) => isCurrent && setFound({ of, hits }),
        // Without a line nothing is found; another letter asks again.
        () => undefined,
      )
    }, TYPING_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [of, wanted, version])
  return found?.of === of ? found.hits : null
}

interface Props {
  query: string
  meeting: Meeting
  onRead: (version: string, page: number, find: string) => void
}

export function Found({ query, meeting, onRead }: Props) {
  const t = papersText.value
  const found = useSearch(query, null)
  if (found === null) return <p class="soft">{t.searching}</p>
  return (
    <section>
      <p class="small soft" role="status">
        {t.found(found.hits.length, found.more)}
      </p>
      <ul class="paper-list">
        {found.hits.map(({ version, page, before, match, after }) => (
          <li key={`${version} ${page}`}>
            <button type="button" class="quiet paper" onClick={() => onRead(version, page, match)}>
              <span class="grow">
                <span class="small">
                  …{before}
                  <mark>{match}</mark>
                  {after}…
                </span>
                <span class="small soft">{t.hit(paperOf(meeting, version)?.title ?? '', page)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
