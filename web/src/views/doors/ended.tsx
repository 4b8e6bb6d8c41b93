/** After a meeting: why it is over for this screen, and whether one may come back. */
import { text } from '../../state/i18n'
import { ROOM } from '../../state/route'
import type { WhyEnded } from '../../state/store'
import { Door, Emblem } from '../parts/door'
import { Heading } from '../parts/heading'

interface Props {
  reason: WhyEnded
  title: string
  onAgain: () => void
}

export function EndedScreen({ reason, title, onAgain }: Props) {
  const t = text.value.ended
  const mayReturn = reason === 'left' || reason === 'replaced' || reason === 'lobby_full'
  return (
    <Door>
      <div class="card centred">
        <Emblem />
        {title && <p class="soft">{title}</p>}
        <Heading>{t[reason].what}</Heading>
        <p class="lead">{t[reason].todo}</p>
        {reason === 'closed' && (
          <a class="button" href={ROOM}>
            {text.value.enter.read}
          </a>
        )}
        {mayReturn && (
          <button type="button" class="primary" onClick={onAgain}>
            {t.again}
          </button>
        )}
      </div>
    </Door>
  )
}
