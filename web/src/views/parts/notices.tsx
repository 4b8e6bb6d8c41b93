/** What happened, shown for a few seconds and read aloud by screen readers: calmly, or at once. */
import { signal, useComputed } from '@preact/signals'
import { useLayoutEffect, useState } from 'preact/hooks'
import type { Store } from '../../state/store'

/** Whose notices the screen tells; null where it tells none. */
const told = signal<Store | null>(null)

export function Notices({ store }: { store: Store }) {
  useLayoutEffect(() => {
    told.value = store
    return () => {
      told.value = null
    }
  }, [store])
  return <Told store={store} />
}

/** The same within a dialog: what lies behind it is covered, and silent to screen readers. */
export function NoticesInside() {
  return told.value && <Told store={told.value} />
}

function Told({ store }: { store: Store }) {
  // What was said before stays silent: a dialog that opens does not say it again.
  const [before] = useState(() => store.notices.peek().at(-1)?.id ?? 0)
  const fresh = useComputed(() => store.notices.value.filter((notice) => notice.id > before))
  const calm = useComputed(() => fresh.value.findLast((notice) => !notice.urgent))
  const urgent = useComputed(() => fresh.value.findLast((notice) => notice.urgent))
  return (
    <>
      <div class="notices" aria-hidden="true">
        {store.visibleNotices.value.map((notice) => (
          <p key={notice.id}>{notice.text}</p>
        ))}
      </div>
      <div class="hidden" aria-live="polite">
        <span key={calm.value?.id}>{calm.value?.text}</span>
      </div>
      <div class="hidden" aria-live="assertive">
        <span key={urgent.value?.id}>{urgent.value?.text}</span>
      </div>
    </>
  )
}
