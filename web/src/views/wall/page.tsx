/** The page that is shown, on the screen of a hall. */
import { useEffect, useState } from 'preact/hooks'
import type { ShownPage } from '../../gen/protocol'
import { pageImage } from '../../protocol/papers'
import { text } from '../../state/i18n'
import { paperOf } from '../../state/papers'
import { useActs } from '../acts'
import { Pointer } from '../parts/pointer'
import { A4, useSizes } from '../parts/sizes'

const AGAIN_MS = 3_000

export function PageOnWall({ shown }: { shown: ShownPage }) {
  const { store } = useActs()
  const [attempt, setAttempt] = useState(0)
  const [hasFailed, setHasFailed] = useState(false)
  const sizes = useSizes(shown.version)
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
    <div class="tile sheet">
      <img
        key={`${shown.version} ${shown.page} ${attempt}`}
        src={pageImage(shown.version, shown.page)}
        alt={text.value.hall.paperShown(title, shown.page)}
        onError={() => setHasFailed(true)}
      />
      {sizes && <Pointer version={shown.version} page={shown.page} size={sizes[shown.page - 1] ?? A4} />}
    </div>
  )
}
