/** Waiting to be let in. */
import { text } from '../../state/i18n'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'

export function Lobby({ title, onLeave }: { title: string; onLeave: () => void }) {
  const t = text.value.lobby
  return (
    <Door>
      <div class="card centred" role="status">
        <span class="spinner" />
        <p class="soft">{title}</p>
        <Heading>{t.title}</Heading>
        <p class="lead">{t.lead}</p>
        <button type="button" onClick={onLeave}>
          {t.leave}
        </button>
      </div>
    </Door>
  )
}
