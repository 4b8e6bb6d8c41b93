/** The agenda, with the time of its current item. */
import { useSignal } from '@preact/signals'
import { Check, Pencil } from 'lucide'
import { useEffect } from 'preact/hooks'
import type { AgendaItem } from '../../gen/protocol'
import { level, presenterNames } from '../../state/agenda'
import { digits, pace, remaining, spent } from '../../state/durations'
import { hourOf } from '../../state/hours'
import { text } from '../../state/i18n'
import { currentItem } from '../../state/meeting'
import { tell } from '../../state/store'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { useLazily } from '../parts/lazily'
import { Conclusions } from './conclusions'

export interface WritingProps {
  onClose: () => void
}

export function Agenda() {
  const { store } = useActs()
  const [Writing, write, close] = useLazily<WritingProps>(
    async () => (await import('./agenda/writing')).Writing,
  )
  const t = text.value.agenda
  const agenda = store.meeting.value?.agenda ?? []
  if (Writing.value) return <Writing.value onClose={close} />
  return (
    <section>
      <h2>{t.title}</h2>
      {agenda.length === 0 && <p class="soft">{t.empty}</p>}
      <ol>
        {agenda.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ol>
      {store.may.value.has('change_item') && (
        <button type="button" onClick={write}>
          <Icon of={Pencil} />
          {t.edit}
        </button>
      )}
    </section>
  )
}

function Item({ item }: { item: AgendaItem }) {
  const acts = useActs()
  const { store } = acts
  const t = text.value.agenda
  const isCurrent = item.state === 'current'
  const mayOpen = store.may.value.has('open_item')
  const open = item.state === 'done' ? t.openAgain : t.open
  const classes = ['entry', isCurrent && 'now', item.state === 'done' && 'done', pace(item, store.now.value)]
  return (
    <li class={`level${level(item)}`} aria-current={isCurrent ? 'step' : undefined}>
      <div class={classes.filter(Boolean).join(' ')}>
        <span class="number num small">{item.number}</span>
        <div class="grow">
          {isCurrent ? <b>{item.title}</b> : item.title}
          <div class="small soft">
            <Facts item={item} />
          </div>
          {item.late_change_at && <span class="pill gold num">{t.late(hourOf(item.late_change_at))}</span>}
        </div>
        {item.state === 'done' && <Icon of={Check} />}
        {mayOpen && !isCurrent && (
          <button
            type="button"
            class={item.state === 'done' ? 'quiet' : ''}
            aria-label={`${open} ${item.number}`}
            onClick={() => void order(acts, { type: 'open_item', item: item.id })}
          >
            {open}
          </button>
        )}
        {mayOpen && isCurrent && (
          <button type="button" onClick={() => void order(acts, { type: 'close_item' })}>
            {t.close}
          </button>
        )}
      </div>
      <Conclusions item={item} />
    </li>
  )
}

/** When, who, how long: what is known of it. */
export function Facts({ item }: { item: AgendaItem }) {
  return (
    <>
      {item.planned_at && <span class="num">{hourOf(item.planned_at)} · </span>}
      {item.presenters.length > 0 && `${presenterNames(item)} · `}
      <ItemTime item={item} />
    </>
  )
}

/** What is left of the current item, what a past one took, what a coming one may take. */
export function ItemTime({ item }: { item: AgendaItem }) {
  const now = useActs().store.now.value
  const t = text.value
  const budget = item.budget_s > 0 ? t.agenda.budget(Math.round(item.budget_s / 60)) : ''
  if (item.state === 'done') {
    const took = digits(item.spent_s)
    return <span class="num">{budget ? t.agenda.took(took, budget) : `${t.agenda.done} · ${took}`}</span>
  }
  if (item.state === 'pending') return <span class="num">{budget}</span>
  const left = remaining(item, now)
  if (left === null) return <span class="num">{digits(spent(item, now))}</span>
  return (
    <span class={`num clock ${pace(item, now)}`}>
      {left >= 0 ? t.hall.left(digits(left)) : t.hall.over(digits(-left))}
      {pace(item, now) === 'soon' && `, ${t.agenda.soon}`}
    </span>
  )
}

/** Says it once when the time of the current item is nearly up, and when it is over; to all, for all plan by it. */
export function useTimeWarning(): void {
  const { store } = useActs()
  const meeting = store.meeting.value
  const item = meeting && currentItem(meeting)
  const now = item ? pace(item, store.now.value) : null
  const seen = useSignal<{ item: string; pace: typeof now } | null>(null)
  useEffect(() => {
    const before = seen.value
    seen.value = item && { item: item.id, pace: now }
    // Who comes in late is not startled by what happened before.
    if (!item || before?.item !== item.id || before.pace === now) return
    const t = text.value.agenda
    const left = digits(remaining(item, store.now.value) ?? 0)
    const what = now === 'over' ? t.overNotice(item.number) : t.soonNotice(item.number, left)
    if (now === 'soon' || now === 'over') tell(store, { text: what, urgent: false, visible: true })
  }, [item?.id, now])
}
