/** What fills the whole screen of a hall where somebody chose it: the agenda, the conclusions, the address. */
import { Check } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import { level, presenterNames } from '../../state/agenda'
import { conclusionsOn, standing } from '../../state/conclusions'
import { dateOf, hourOf } from '../../state/hours'
import { text } from '../../state/i18n'
import { currentItem, personOf } from '../../state/meeting'
import { useActs } from '../acts'
import { ItemTime } from '../hall/agenda'
import { Icon } from '../parts/icon'

/** Items that stand below each other without being cut off. */
const COLUMN = 6

export function AgendaOnWall() {
  const { store } = useActs()
  const agenda = store.meeting.value?.agenda ?? []
  const list = useRef<HTMLOListElement>(null)
  const current = agenda.find((item) => item.state === 'current')?.id
  // An agenda longer than the screen shows where one is.
  useEffect(() => list.current?.querySelector('.current')?.scrollIntoView({ block: 'center' }), [current])
  return (
    <main class="whole">
      <h2>{text.value.agenda.title}</h2>
      <ol ref={list} class={agenda.length > COLUMN ? 'many' : undefined}>
        {agenda.map((item) => (
          <li key={item.id} class={`${item.state} level${level(item)}`}>
            <span class="number num">{item.number}</span>
            <span class="grow">
              {item.title}
              <small>{presenterNames(item)}</small>
            </span>
            <span class="num">
              {item.state === 'current' && <ItemTime item={item} />}
              {item.state === 'pending' && item.planned_at && hourOf(item.planned_at)}
              {item.state === 'done' && <Icon of={Check} />}
            </span>
          </li>
        ))}
      </ol>
    </main>
  )
}

/** Those of the current item, else of the last that has some. */
export function ConclusionsOnWall() {
  const { store } = useActs()
  const t = text.value.conclusion
  const meeting = store.meeting.value
  if (meeting === null) return null
  const open = currentItem(meeting)
  const last = meeting.conclusions.at(-1)?.item
  const item = open && conclusionsOn(meeting, open.id).length > 0 ? open.id : (last ?? open?.id)
  const on = meeting.agenda.find((one) => one.id === item)
  const written = item === undefined ? [] : conclusionsOn(meeting, item)
  return (
    <main class="whole">
      <h2>{on ? `${t.title} · ${on.number}. ${on.title}` : t.title}</h2>
      {written.length === 0 && <p>{t.none}</p>}
      {written.map((one) => (
        <article key={one.id}>
          <p class="prose">{one.text}</p>
          <ul>
            {one.tasks.map((task) => (
              <li key={task.id}>
                <span class="grow">
                  {task.text}
                  <small>
                    {[
                      task.unit,
                      personOf(meeting, task.participant)?.name,
                      task.due_on && t.due(dateOf(task.due_on)),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </span>
                <span class={`num clock ${standing(task, store.now.value) === 'overdue' ? 'over' : ''}`}>
                  {t.standing[standing(task, store.now.value)]}
                </span>
              </li>
            ))}
          </ul>
        </article>
      ))}
    </main>
  )
}

export function AddressOnWall({ children }: { children: preact.ComponentChildren }) {
  return <main class="whole one">{children}</main>
}
