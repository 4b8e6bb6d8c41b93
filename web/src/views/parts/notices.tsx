/** What happened, shown for a few seconds and read aloud by screen readers: calmly, or at once. */
import { useComputed } from '@preact/signals'
import type { Store } from '../../state/store'

export function Notices({ store }: { store: Store }) {
  const calm = useComputed(() => store.notices.value.findLast((notice) => !notice.urgent))
  const urgent = useComputed(() => store.notices.value.findLast((notice) => notice.urgent))
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
