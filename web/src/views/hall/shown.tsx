/** The page that is shown to all, in one line under the header, for who does not look at it. */
import { text } from '../../state/i18n'
import { paperOf } from '../../state/papers'
import { useActs } from '../acts'

export function ShownLine({ onSee }: { onSee: () => void }) {
  const { store } = useActs()
  const t = text.value.hall
  const meeting = store.meeting.value
  const paper = meeting?.shown && paperOf(meeting, meeting.shown.version)
  if (meeting?.shown_to_others && !meeting.shown) {
    return (
      <section class="banner" aria-label={t.tab.papers}>
        <p class="grow" role="status">
          {t.paperHidden}
        </p>
      </section>
    )
  }
  if (!meeting?.shown || !paper) return null
  return (
    <section class="banner" aria-label={t.tab.papers}>
      <p class="grow line">{t.paperShown(paper.title, meeting.shown.page)}</p>
      <button type="button" onClick={onSee}>
        {t.paperSee}
      </button>
    </section>
  )
}
