/** The page that is shown, on the screen of a hall. */
import { useEffect, useState } from 'preact/hooks'
import type { PageSize, ShownPage } from '../../gen/protocol'
import { pageImage } from '../../protocol/papers'
import { text } from '../../state/i18n'
import { paperOf } from '../../state/papers'
import { useActs } from '../acts'
import { Pointer } from '../parts/pointer'

const AGAIN_MS = 3_000

export function PageOnWall({ shown, size }: { shown: ShownPage; size: PageSize }) {
  const { store } = useActs()
  const [attempt, setAttempt] = useState(0)
  const [hasFailed, setHasFailed] = useState(false)
  useEffect(() => {
    if (!hasFailed) return
    const timer = setTimeout(() => {
      setHasFailed(false)
      setAttempt(attempt + 1)
    }, AGAIN_MS)
    return () => clearTimeout(timer)
  }, [hasFailed, attempt])
  const title = (store.meeting.value && paperOf(store.meeting.value, shown.version)?.title) ?? ''
  return (
    <div class="tile sheet" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
      <img
        key={`${shown.version} ${shown.page} ${attempt}`}
        src={pageImage(shown.version, shown.page)}
        alt={text.value.hall.paperShown(title, shown.page)}
        onError={() => setHasFailed(true)}
      />
      <Pointer version={shown.version} page={shown.page} size={size} />
    </div>
  )
}
