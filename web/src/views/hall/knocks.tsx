/** Who waits outside, on top of everything for those who may let them in. */
import { useEffect, useRef } from 'preact/hooks'
import { text } from '../../state/i18n'
import { order, useActs } from '../acts'
import { chime } from '../parts/chime'
import { Face } from '../parts/face'

export function Knocks() {
  const acts = useActs()
  const t = text.value.knocks
  const knocks = acts.store.knocks.value
  const before = useRef(0)
  useEffect(() => {
    if (knocks.length > before.current) chime()
    before.current = knocks.length
  }, [knocks.length])
  if (knocks.length === 0 || !acts.store.may.value.has('admit')) return null
  return (
    <section class="knocks card col" aria-label={t.title(knocks.length)}>
      <h2>{t.title(knocks.length)}</h2>
      <ul>
        {knocks.map((knock) => (
          <li key={knock.id}>
            <Face name={knock.name} />
            <div class="grow">
              <b class="line row">{knock.name}</b>
              <div class="small soft">{[knock.unit, t[knock.reason]].filter(Boolean).join(' · ')}</div>
            </div>
            <div class="actions">
              <button
                type="button"
                aria-label={t.refuseLong(knock.name)}
                onClick={() => void order(acts, { type: 'refuse', knock: knock.id })}
              >
                {t.refuse}
              </button>
              <button
                type="button"
                class="primary"
                aria-label={t.admitLong(knock.name)}
                onClick={() => void order(acts, { type: 'admit', knock: knock.id })}
              >
                {t.admit}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {knocks.length > 1 && (
        <button type="button" onClick={() => void order(acts, { type: 'admit', knock: null })}>
          {t.admitAll}
        </button>
      )}
    </section>
  )
}
