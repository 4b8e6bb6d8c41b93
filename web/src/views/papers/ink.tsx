/** One's own strokes on a page: shown, drawn by pen, finger or mouse, taken back. */
import type { Signal } from '@preact/signals'
import { Check, Eraser, Highlighter, PenLine, Undo2 } from 'lucide'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { InkTool, PageSize, Problem, Stroke } from '../../gen/protocol'
import { newKey } from '../../protocol/key'
import { inkAt, pageInk } from '../../protocol/papers'
import { unsentOf } from '../../protocol/unsent'
import { type Deed, endOf, extended, isFull, pathOf, withWaiting } from '../../state/ink'
import { placeOn } from '../../state/places'
import type { Change } from '../../state/unsent'
import { useActs } from '../acts'
import { Icon } from '../parts/icon'
import { papersText } from './texts'

export type Tool = InkTool | 'eraser'

export interface Inking {
  strokes: readonly Stroke[]
  isUnsaved: boolean
  /** What the service did not take of this page: the strokes, which stay, and why. */
  refused: { ids: ReadonlySet<string>; problem: Problem } | null
  again: () => void
  drop: () => void
  draw: (tool: InkTool, points: readonly number[]) => void
  erase: (stroke: Stroke) => void
  /** null: nothing was done on this page. */
  undo: (() => void) | null
}

export function useInk(version: string | null, page: number): Inking {
  const unsent = unsentOf(useActs().store.me.value)
  const of = `${version} ${page}`
  const [kept, setKept] = useState<{ of: string; strokes: readonly Stroke[] }>({ of: '', strokes: [] })
  const [deeds, setDeeds] = useState<{ of: string; done: readonly Deed[] }>({ of: '', done: [] })
  useEffect(() => {
    if (version === null) return
    let isCurrent = true
    pageInk(version, page).then(
      ({ strokes }) => isCurrent && setKept({ of, strokes }),
      // One can draw without them; they are shown when the page is opened again.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [of, version, page])
  const strokes = kept.of === of ? kept.strokes : []
  const done = deeds.of === of ? deeds.done : []
  const at = (stroke: string) => inkAt(version ?? '', page, stroke)
  const beginning = at('')
  const ofPage = <T extends Change>(changes: ReadonlyMap<string, T>) =>
    [...changes.values()].filter(({ path }) => path.startsWith(beginning))
  const strokeOf = ({ path, body }: Change) => {
    const id = path.slice(beginning.length)
    return [id, body === null ? null : { id, ...(body as Omit<Stroke, 'id'>) }] as const
  }
  const waiting = new Map(ofPage(unsent.waiting.value).map(strokeOf))
  const refused = ofPage(unsent.refused.value)
  // What could not be rubbed out is there still.
  const unkept = new Map(refused.filter(({ body }) => body !== null).map(strokeOf))
  const problem = refused.at(-1)?.problem
  const put = (stroke: Stroke) => {
    setKept({ of, strokes: [...strokes.filter((one) => one.id !== stroke.id), stroke] })
    const { tool, points } = stroke
    unsent.put({ path: at(stroke.id), body: { tool, points } })
  }
  const remove = (stroke: Stroke) => {
    setKept({ of, strokes: strokes.filter((one) => one.id !== stroke.id) })
    // What was never taken needs no rubbing out.
    if (unkept.has(stroke.id)) unsent.drop(at(stroke.id))
    else unsent.put({ path: at(stroke.id), body: null })
  }
  const last = done.at(-1)
  return {
    strokes: withWaiting(strokes, new Map([...unkept, ...waiting])),
    isUnsaved: waiting.size > 0,
    refused: problem ? { ids: new Set(unkept.keys()), problem } : null,
    again: () => unsent.again(beginning),
    drop: () => {
      setKept({ of, strokes: strokes.filter((one) => !unkept.has(one.id)) })
      unsent.drop(beginning)
    },
    draw: (tool, points) => {
      const stroke = { id: newKey(), tool, points }
      put(stroke)
      setDeeds({ of, done: [...done, { drew: stroke }] })
    },
    erase: (stroke) => {
      remove(stroke)
      setDeeds({ of, done: [...done, { erased: stroke }] })
    },
    undo:
      last === undefined
        ? null
        : () => {
            setDeeds({ of, done: done.slice(0, -1) })
            if ('drew' in last) remove(last.drew)
            else put(last.erased)
          },
  }
}

interface LayerProps {
  inking: Inking
  size: PageSize
  /** null: the strokes are looked at only. */
  tool: Tool | null
}

export function InkLayer({ inking, size, tool }: LayerProps) {
  const element = useRef<SVGSVGElement>(null)
  const [drawn, setDrawn] = useState<readonly number[] | null>(null)
  const points = useRef<readonly number[] | null>(null)
  const paths = useMemo(
    () => inking.strokes.map((stroke) => ({ stroke, d: pathOf(stroke.points) })),
    [inking.strokes],
  )
  const isPen = tool === 'pen' || tool === 'marker'
  const begin = (event: PointerEvent) => {
    if (!isPen || !event.isPrimary || event.button !== 0) return
    element.current?.setPointerCapture(event.pointerId)
    points.current = []
    go(event)
  }
  const go = (event: PointerEvent) => {
    const box = element.current?.getBoundingClientRect()
    if (points.current === null || !isPen || box === undefined) return
    for (const { clientX, clientY } of event.getCoalescedEvents?.() ?? [event]) {
      points.current = extended(points.current, placeOn(box, size, clientX, clientY))
      if (isFull(points.current)) {
        inking.draw(tool, points.current)
        points.current = [...endOf(points.current)]
      }
    }
    if (points.current.length === 0) {
      points.current = extended([], placeOn(box, size, event.clientX, event.clientY))
    }
    setDrawn(points.current)
  }
  const end = () => {
    if (points.current !== null && points.current.length > 0 && isPen) inking.draw(tool, points.current)
    points.current = null
    setDrawn(null)
  }
  return (
    <svg
      ref={element}
      class={`ink ${tool ?? ''}`}
      viewBox={`0 0 ${size.width * 10} ${size.height * 10}`}
      aria-hidden="true"
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {paths.map(({ stroke, d }) => (
        <path
          key={stroke.id}
          class={inking.refused?.ids.has(stroke.id) ? `${stroke.tool} refused` : stroke.tool}
          d={d}
          onPointerDown={() => tool === 'eraser' && inking.erase(stroke)}
          onPointerEnter={(event) => tool === 'eraser' && event.buttons > 0 && inking.erase(stroke)}
        />
      ))}
      {drawn && isPen && <path class={tool} d={pathOf(drawn)} />}
    </svg>
  )
}

const TOOLS = { pen: PenLine, marker: Highlighter, eraser: Eraser } as const

interface BarProps {
  inking: Inking
  tool: Signal<Tool | null>
}

export function InkBar({ inking, tool }: BarProps) {
  const t = papersText.value
  return (
    <div class="note inks" role="toolbar" aria-label={t.draw}>
      {(['pen', 'marker', 'eraser'] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-label={t.tools[one]}
          title={t.tools[one]}
          aria-pressed={tool.value === one}
          onClick={() => {
            tool.value = one
          }}
        >
          <Icon of={TOOLS[one]} />
        </button>
      ))}
      <button
        type="button"
        aria-label={t.undo}
        title={t.undo}
        disabled={inking.undo === null}
        onClick={() => inking.undo?.()}
      >
        <Icon of={Undo2} />
      </button>
      <span class="small soft grow" role="status">
        {inking.isUnsaved ? t.noteUnsaved : t.inkPrivate}
      </span>
      <button
        type="button"
        onClick={() => {
          tool.value = null
        }}
      >
        <Icon of={Check} />
        {t.drawn}
      </button>
    </div>
  )
}
