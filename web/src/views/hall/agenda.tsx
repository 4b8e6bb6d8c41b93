/** The agenda, with the time of its current item. */
import { Check } from 'lucide'
import type { AgendaItem } from '../../gen/protocol'
import { digits, remaining, spent } from '../../state/durations'
import { text } from '../../state/i18n'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'

export function Agenda() {
  const { store } = useActs()
  const t = text.value.agenda
  const agenda = store.meeting.value?.agenda ?? []
  return (
    <section>
      <h2>{t.title}</h2>
      {agenda.length === 0 && <p class="soft">{t.empty}</p>}
      <ol>
        {agenda.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ol>
    </section>
  )
}

function Item({ item }: { item: AgendaItem }) {
  const acts = useActs()
  const { store } = acts
  const t = text.value.agenda
  const isCurrent = item.state === 'current'
  const left = isCurrent ? remaining(item, store.now.value) : null
  const mayOpen = store.may.value.has('open_item')
  const classes = ['entry', isCurrent && 'now', item.state === 'done' && 'done', (left ?? 0) < 0 && 'late']
  return (
    <li class={classes.filter(Boolean).join(' ')} aria-current={isCurrent ? 'step' : undefined}>
      <span class="number num small">{item.number}</span>
      <div class="grow">
        {isCurrent ? <b>{item.title}</b> : item.title}
        <div class="small soft">
          {item.presenter}
          {item.presenter && ' · '}
          <ItemTime item={item} />
        </div>
      </div>
      {item.state === 'done' && <Icon of={Check} />}
      {mayOpen && !isCurrent && item.state === 'pending' && (
        <button
          type="button"
          aria-label={`${t.open} ${item.number}`}
          onClick={() => void order(acts, { type: 'open_item', item: item.id })}
        >
          {t.open}
        </button>
      )}
      {mayOpen && isCurrent && (
        <button type="button" onClick={() => void order(acts, { type: 'close_item' })}>
          {t.close}
        </button>
      )}
    </li>
  )
}

/** What is left of the current item, what a past one took, what a coming one may take. */
export function ItemTime({ item }: { item: AgendaItem }) {
  const now = useActs().store.now.value
  const t = text.value
  if (item.state === 'done') {
    return (
      <span class="num">
        {t.agenda.done} · {digits(item.spent_s)}
      </span>
    )
  }
  if (item.state === 'pending') {
    return <span class="num">{item.budget_s > 0 ? t.agenda.budget(Math.round(item.budget_s / 60)) : ''}</span>
  }
  const left = remaining(item, now)
  if (left === null) return <span class="num">{digits(spent(item, now))}</span>
  return <span class="num clock">{left >= 0 ? t.hall.left(digits(left)) : t.hall.over(digits(-left))}</span>
}
