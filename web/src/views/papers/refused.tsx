/** What the service did not take of one's notes and strokes: why, and that it is still here. */
import type { Problem } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { papersText } from './texts'

interface Props {
  problem: Problem
  /** That it is still here. */
  kept: string
  onAgain: () => void
  onDrop: () => void
}

export function RefusedHere({ problem, kept, onAgain, onDrop }: Props) {
  const t = papersText.value
  return (
    <div class="note refused">
      <p class="small grow" role="alert">
        {problem.message || text.value.notice.failed} {kept}
      </p>
      <div class="row">
        <button type="button" onClick={onAgain}>
          {t.sendAgain}
        </button>
        <button type="button" onClick={onDrop}>
          {t.dropUnsent}
        </button>
      </div>
    </div>
  )
}
