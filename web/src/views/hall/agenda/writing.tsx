/** The agenda while it is written: its items to drag and to open for writing. */
import './writing.css'
import { useSignal } from '@preact/signals'
import { Check, GripVertical, Pencil, Plus } from 'lucide'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { AgendaItem } from '../../../gen/protocol'
import { dropped, type Goal, level, type Step, stepped } from '../../../state/agenda'
import { tell } from '../../../state/store'
import { order, useActs } from '../../acts'
import { Icon } from '../../parts/icon'
import { Facts, type WritingProps } from '../agenda'
import { ItemForm } from './item'
import { words } from './words'

const STEPS: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' }

/** An item that is dragged, and before which other it would be put; null: behind all. */
interface Drag {
  item: string
  before: string | null
}

export function Writing({ onClose }: WritingProps) {
  const acts = useActs()
  const { store } = acts
  const list = useRef<HTMLOListElement>(null)
  const drag = useSignal<Drag | null>(null)
  /** An item's id, or where a new one goes. */
  const form = useSignal<{ item: string } | { parent: string | null } | null>(null)
  const t = words()
  const agenda = store.meeting.value?.agenda ?? []

  const move = async (item: string, goal: Goal | null) => {
    if (goal === null) return tell(store, { text: t.nowhere, urgent: false, visible: true })
    const result = await order(acts, { type: 'move_item', item, ...goal })
    const number = store.meeting.value?.agenda.find((one) => one.id === item)?.number
    if (result.ok && number) tell(store, { text: t.moved(number), urgent: false, visible: false })
  }
  // A row that is put elsewhere in the page loses the focus. It has it back before the next key.
  const focused = list.current?.contains(document.activeElement) ? document.activeElement : null
  useLayoutEffect(() => {
    if (focused instanceof HTMLElement && document.activeElement === document.body) focused.focus()
  })
  const under = (y: number): string | null => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('li[data-item]') ?? [])]
    const row = rows.find((one) => {
      const { top, height } = one.getBoundingClientRect()
      return y < top + height / 2
    })
    return row?.dataset.item ?? null
  }
  return (
    <section class="writing">
      <h2>{t.writing}</h2>
      <p class="small soft">{t.hint}</p>
      <ol ref={list}>
        {agenda.map((item) => (
          <Row
            key={item.id}
            item={item}
            drag={drag.value}
            onStep={(step) => void move(item.id, stepped(agenda, item.id, step))}
            onDrag={(y) => {
              drag.value = { item: item.id, before: under(y) }
            }}
            onDrop={(isMeant) => {
              const held = drag.value
              drag.value = null
              const goal = isMeant && held ? dropped(agenda, held.item, held.before) : null
              if (held && goal) void move(held.item, goal)
            }}
            onEdit={() => {
              form.value = { item: item.id }
            }}
          />
        ))}
        {drag.value?.before === null && <li class="goal" aria-hidden="true" />}
      </ol>
      <div class="row wrap">
        <button
          type="button"
          class="grow"
          onClick={() => {
            form.value = { parent: null }
          }}
        >
          <Icon of={Plus} />
          {t.add}
        </button>
        <button type="button" class="primary grow" onClick={onClose}>
          <Icon of={Check} />
          {t.done}
        </button>
      </div>
      {form.value && (
        <ItemForm
          key={'item' in form.value ? form.value.item : `below ${form.value.parent}`}
          of={form.value}
          onBelow={(parent) => {
            form.value = { parent }
          }}
          onClose={() => {
            form.value = null
          }}
        />
      )}
    </section>
  )
}

interface RowProps {
  item: AgendaItem
  drag: Drag | null
  onStep: (step: Step) => void
  onDrag: (y: number) => void
  /** `isMeant` is false when the drag was broken off. */
  onDrop: (isMeant: boolean) => void
  onEdit: () => void
}

function Row({ item, drag, onStep, onDrag, onDrop, onEdit }: RowProps) {
  const t = words()
  const classes = [
    'entry',
    `level${level(item)}`,
    drag?.item === item.id && 'held',
    drag?.before === item.id && 'goal',
  ]
  return (
    <li class={classes.filter(Boolean).join(' ')} data-item={item.id}>
      <button
        type="button"
        class="quiet grip"
        aria-label={t.grip(item.number, item.title)}
        onKeyDown={(event) => {
          const step = STEPS[event.key]
          if (step === undefined) return
          event.preventDefault()
          onStep(step)
        }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) onDrag(event.clientY)
        }}
        onPointerUp={() => onDrop(true)}
        onPointerCancel={() => onDrop(false)}
      >
        <Icon of={GripVertical} />
      </button>
      <span class="number num small">{item.number}</span>
      <div class="grow">
        {item.title}
        <div class="small soft">
          <Facts item={item} />
        </div>
      </div>
      <button type="button" class="quiet" aria-label={t.edit(item.number, item.title)} onClick={onEdit}>
        <Icon of={Pencil} />
      </button>
    </li>
  )
}
