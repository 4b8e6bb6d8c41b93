/** Who speaks and who wants to. */

import { digits, elapsed } from '../../state/durations'
import { text } from '../../state/i18n'
import { personOf } from '../../state/meeting'
import { order, useActs } from '../acts'

export function Queue() {
  const acts = useActs()
  const { store } = acts
  const meeting = store.meeting.value
  const t = text.value.queue
  if (meeting === null) return null
  const { floor } = meeting
  const holder = personOf(meeting, floor.holder)
  const mayGive = store.may.value.has('give_floor')
  return (
    <>
      <section>
        <h2>{t.holder}</h2>
        {holder ? (
          <div class="entry now">
            <div class="grow">
              <b>{holder.name}</b>
              <div class="small">
                {holder.unit} · <span class="num">{digits(elapsed(floor.since, store.now.value))}</span>
              </div>
            </div>
            {mayGive && (
              <button
                type="button"
                aria-label={t.takeLong(holder.name)}
                onClick={() => void order(acts, { type: 'take_floor' })}
              >
                {t.take}
              </button>
            )}
          </div>
        ) : (
          <p class="soft">{t.free}</p>
        )}
      </section>
      <section>
        <h2>{t.title(floor.queue.length)}</h2>
        {floor.queue.length === 0 && <p class="soft">{t.empty}</p>}
        <ol>
          {floor.queue.map((request, i) => {
            const person = personOf(meeting, request.participant)
            if (person === null) return null
            return (
              <li key={person.id} class="entry">
                <span class="pill num">{i + 1}</span>
                <div class="grow">
                  <b>{person.name}</b>
                  <div class="small soft">{person.unit}</div>
                </div>
                {mayGive && (
                  <>
                    <button
                      type="button"
                      class="quiet"
                      aria-label={t.dropLong(person.name)}
                      onClick={() => void order(acts, { type: 'lower_hand', participant: person.id })}
                    >
                      {t.drop}
                    </button>
                    <button
                      type="button"
                      class="gold"
                      aria-label={t.giveLong(person.name)}
                      onClick={() => void order(acts, { type: 'give_floor', participant: person.id })}
                    >
                      {t.give}
                    </button>
                  </>
                )}
              </li>
            )
          })}
        </ol>
      </section>
    </>
  )
}
