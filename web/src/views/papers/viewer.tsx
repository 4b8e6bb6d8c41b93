/** The viewer: one page of a paper, its neighbours, and the page that is shown to all. */
import { type Signal, useSignal } from '@preact/signals'
import {
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronUp,
  Download,
  MousePointerClick,
  NotebookPen,
  PanelLeft,
  Presentation,
  Search,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { PageSize } from '../../gen/protocol'
import { fileOf, firstImage, smallImage } from '../../protocol/papers'
import { personOf } from '../../state/meeting'
import { paperOf } from '../../state/papers'
import { presents, type Reading } from '../../state/reading'
import { tell } from '../../state/store'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { A4, useSizes } from '../parts/sizes'
import { form } from '../parts/window'
import { InkBar, InkLayer, type Tool, useInk } from './ink'
import { NoteField, type Notes, useNotes } from './notes'
import { Page } from './page'
import { PointingLayer } from './pointing'
import { RefusedHere } from './refused'
import { useSearch } from './search'
import { papersText } from './texts'

const ZOOMS = [1, 1.5, 2, 3] as const

interface Props {
  reading: Signal<Reading | null>
  onClose: () => void
}

export function Viewer({ reading, onClose }: Props) {
  const acts = useActs()
  const { store } = acts
  const t = papersText.value
  const now = reading.value
  const zoom = useSignal(0)
  const find = useSignal('')
  const isNoting = useSignal(false)
  const isPointing = useSignal(false)
  const tool = useSignal<Tool | null>(null)
  const inking = useInk(now?.version ?? null, now?.page ?? 1)
  const notes = useNotes(now?.version ?? null)
  const isFinding = useSignal(false)
  /** The event that shows what was asked for: its number, infinite until the answer names it, 0 if none was. */
  const awaited = useSignal(0)
  const hasPages = useSignal(form.value !== 'phone')
  // Before it is painted: what is opened by hand stays open.
  useLayoutEffect(() => {
    find.value = now?.find ?? ''
    isFinding.value = now?.find !== undefined
  }, [now?.version, now?.find, find, isFinding])
  const sizes = useSizes(now?.version ?? null)
  const scroller = useRef<HTMLElement>(null)
  const meeting = store.meeting.value
  const paper = meeting && now && paperOf(meeting, now.version)
  const page = now?.page ?? 1
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [now?.version, page])
  const keeps = paper !== null && !paper.confidential
  useEffect(() => {
    // The next page is here before it is asked for.
    if (now && keeps && page < (sizes?.length ?? 0)) new Image().src = firstImage(now.version, page + 1)
  }, [now?.version, page, keeps, sizes])
  const isPerson = store.role.value !== 'big_screen'
  const title = useRef('')
  if (paper !== null) title.current = paper.title
  const isGone = paper === null || (paper.recalled && !store.may.value.has('approve_version'))
  useEffect(() => {
    if (!isGone) return
    if (title.current !== '') tell(store, { text: t.lost(title.current), urgent: true, visible: true })
    onClose()
  }, [isGone, onClose])
  if (meeting === null || now === null || isGone) return null
  const version = paper.versions.find((one) => one.id === now.version)
  const count = version?.pages ?? 1
  const shown = meeting.shown
  const shows = (here: Reading) =>
    presents(here, {
      awaited: awaited.value,
      seq: store.seq.peek() ?? 0,
      shown: store.meeting.value?.shown ?? null,
      me: store.me.value,
    })
  const isShowing = shows(now)
  const mayShow =
    version?.approved_at != null &&
    store.may.value.has('show_page') &&
    (store.may.value.has('approve_version') || store.holdsFloor.value)

  const go = (to: number) => {
    const page = Math.max(1, Math.min(count, to))
    // As it is when it is pressed, not as it was painted last.
    const here = reading.value ?? now
    if (page === here.page) return
    const follows = shows(here)
    reading.value = { ...here, page, follows }
    if (follows) void order(acts, { type: 'show_page', version: here.version, page })
  }
  const show = async () => {
    awaited.value = Infinity
    reading.value = { ...now, follows: true }
    const { ok, seq } = await order(acts, { type: 'show_page', version: now.version, page: now.page })
    awaited.value = (ok && seq) || 0
    if (ok) return
    if (reading.value?.version === now.version) reading.value = { ...reading.value, follows: false }
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.altKey || event.ctrlKey || event.metaKey) return
    const step = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step !== undefined) go(now.page + step)
    else if (event.key === 'Home') go(1)
    else if (event.key === 'End') go(count)
    else return
    event.preventDefault()
  }
  const presenter = shown && personOf(meeting, shown.participant)
  const size = sizes?.[page - 1] ?? A4
  return (
    <section class="viewer" aria-label={paper.title} onKeyDown={onKey}>
      <header>
        <button
          type="button"
          class="quiet wide"
          aria-label={t.thumbnails}
          aria-pressed={hasPages.value}
          title={t.thumbnails}
          onClick={() => {
            hasPages.value = !hasPages.value
          }}
        >
          <Icon of={PanelLeft} />
        </button>
        <h2 class="grow line">{paper.title}</h2>
        <button
          type="button"
          class="quiet"
          aria-label={t.findHere}
          aria-pressed={isFinding.value}
          title={t.findHere}
          onClick={() => {
            isFinding.value = !isFinding.value
            find.value = ''
          }}
        >
          <Icon of={Search} />
        </button>
        {isPerson && (
          <button
            type="button"
            class="quiet"
            aria-label={t.notes}
            aria-pressed={isNoting.value}
            title={t.notes}
            onClick={() => {
              isNoting.value = tool.value !== null || !isNoting.value
              tool.value = null
            }}
          >
            <Icon of={NotebookPen} />
          </button>
        )}
        <button
          type="button"
          class="quiet wide"
          aria-label={t.smaller}
          title={t.smaller}
          disabled={zoom.value === 0}
          onClick={() => {
            zoom.value -= 1
          }}
        >
          <Icon of={ZoomOut} />
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={t.larger}
          title={t.larger}
          onClick={() => {
            // A phone has room for one button: past the largest it begins anew.
            zoom.value = (zoom.value + 1) % ZOOMS.length
          }}
        >
          <Icon of={ZoomIn} />
        </button>
        {(!paper.confidential || store.may.value.has('approve_version')) && (
          <a
            class="button quiet wide"
            href={fileOf(now.version)}
            download
            aria-label={t.download}
            title={t.download}
          >
            <Icon of={Download} />
          </a>
        )}
        {mayShow && !isShowing && (
          <button type="button" class="gold" aria-label={t.show} onClick={() => void show()}>
            <Icon of={Presentation} />
            <span class="wide">{t.show}</span>
          </button>
        )}
        <button type="button" class="quiet" aria-label={t.close} title={t.close} onClick={onClose}>
          <Icon of={X} />
        </button>
      </header>
      {shown && (
        <p class={`shown small ${isShowing ? '' : now.follows ? 'follows' : 'alone'}`} role="status">
          <span class="grow">
            {isShowing
              ? t.youShow
              : now.follows
                ? t.shownBy(presenter?.name ?? '')
                : shown.version === now.version
                  ? t.alone(shown.page)
                  : t.aloneElsewhere}
          </span>
          {isShowing && (
            <button
              type="button"
              aria-pressed={isPointing.value}
              onClick={() => {
                isPointing.value = !isPointing.value
              }}
            >
              <Icon of={MousePointerClick} />
              {t.point}
            </button>
          )}
          {isShowing && (
            <button type="button" onClick={() => void order(acts, { type: 'stop_showing' })}>
              {t.stop}
            </button>
          )}
          {!now.follows && (
            <button
              type="button"
              class="gold"
              onClick={() => {
                reading.value = { version: shown.version, page: shown.page, follows: true }
              }}
            >
              {t.back}
            </button>
          )}
        </p>
      )}
      {isFinding.value && <Finding version={now.version} page={page} find={find} onGo={go} />}
      <div class="sheets">
        {hasPages.value && (
          <Pages
            version={now.version}
            count={count}
            page={page}
            onGo={go}
            sizes={sizes}
            noted={notes.byPage}
          />
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section class="scroller" ref={scroller} tabIndex={0} aria-label={t.page(page, count)}>
          <div style={{ '--zoom': ZOOMS[zoom.value] }}>
            <Page version={now.version} page={page} size={size} find={find.value}>
              {isPerson && (
                <InkLayer key={`${now.version} ${page}`} inking={inking} size={size} tool={tool.value} />
              )}
              {isShowing && isPointing.value && (
                <PointingLayer version={now.version} page={page} size={size} />
              )}
            </Page>
          </div>
        </section>
      </div>
      <div class="below">
        {isNoting.value && tool.value === null && (
          <NoteField
            notes={notes}
            page={page}
            onDraw={
              meeting.state === 'closed'
                ? null
                : () => {
                    tool.value = 'pen'
                  }
            }
          />
        )}
        {inking.refused && (
          <RefusedHere
            problem={inking.refused.problem}
            kept={t.inkRefused(inking.refused.ids.size)}
            onAgain={inking.again}
            onDrop={inking.drop}
          />
        )}
        {tool.value !== null && <InkBar inking={inking} tool={tool} />}
      </div>
      <footer>
        <button type="button" aria-label={t.previous} disabled={page === 1} onClick={() => go(page - 1)}>
          <Icon of={ChevronLeft} />
        </button>
        <PageNumber page={page} count={count} onGo={go} />
        <button type="button" aria-label={t.next} disabled={page === count} onClick={() => go(page + 1)}>
          <Icon of={ChevronRight} />
        </button>
      </footer>
    </section>
  )
}

function PageNumber({ page, count, onGo }: { page: number; count: number; onGo: (page: number) => void }) {
  const t = papersText.value
  const draft = useSignal<string | null>(null)
  return (
    <form
      class="row num"
      onSubmit={(event) => {
        event.preventDefault()
        const wanted = Number(draft.value ?? page)
        draft.value = null
        if (Number.isInteger(wanted)) onGo(wanted)
      }}
    >
      <input
        inputMode="numeric"
        aria-label={t.pageNumber}
        value={draft.value ?? String(page)}
        onInput={(event) => {
          draft.value = event.currentTarget.value
        }}
        onBlur={() => {
          draft.value = null
        }}
      />
      <span>{t.of(count)}</span>
    </form>
  )
}

interface FindingProps {
  version: string
  page: number
  find: Signal<string>
  onGo: (page: number) => void
}

function Finding({ version, page, find, onGo }: FindingProps) {
  const t = papersText.value
  const field = useRef<HTMLInputElement>(null)
  const found = useSearch(find.value, version)
  const pages = (found?.hits.map((hit) => hit.page) ?? []).sort((a, b) => a - b)
  useLayoutEffect(() => {
    field.current?.focus()
  }, [])
  const before = pages.findLast((one) => one < page)
  const next = pages.find((one) => one > page)
  return (
    <form
      class="finding"
      onSubmit={(event) => {
        event.preventDefault()
        const wanted = next ?? pages[0]
        if (wanted !== undefined) onGo(wanted)
      }}
    >
      <input
        ref={field}
        type="search"
        aria-label={t.findHere}
        placeholder={t.findHere}
        maxLength={200}
        value={find.value}
        onInput={(event) => {
          find.value = event.currentTarget.value
        }}
      />
      <span class="num small" role="status">
        {found && (pages.length === 0 ? t.findNone : t.pages(pages.length))}
      </span>
      <button
        type="button"
        aria-label={t.findBefore}
        disabled={before === undefined}
        onClick={() => before !== undefined && onGo(before)}
      >
        <Icon of={ChevronUp} />
      </button>
      <button
        type="submit"
        aria-label={t.findNext}
        disabled={pages.length === 0 || (pages.length === 1 && pages[0] === page)}
      >
        <Icon of={ChevronDown} />
      </button>
    </form>
  )
}

interface PagesProps {
  version: string
  count: number
  page: number
  sizes: readonly PageSize[] | null
  onGo: (page: number) => void
  noted: Notes['byPage']
}

function Pages({ version, count, page, sizes, onGo, noted }: PagesProps) {
  const t = papersText.value
  const current = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' })
  }, [page])
  return (
    <nav class="pages" aria-label={t.thumbnails}>
      {Array.from({ length: count }, (_, i) => i + 1).map((number) => {
        const { width, height } = sizes?.[number - 1] ?? A4
        return (
          <button
            key={number}
            ref={number === page ? current : undefined}
            type="button"
            aria-label={noted?.get(number) ? `${t.page(number, count)}, ${t.hasNote}` : t.page(number, count)}
            data-noted={noted?.get(number) ? '' : undefined}
            aria-current={number === page ? 'page' : undefined}
            onClick={() => onGo(number)}
          >
            <img
              src={smallImage(version, number)}
              alt=""
              loading="lazy"
              style={{ aspectRatio: `${width} / ${height}` }}
            />
            <span class="num small">{number}</span>
          </button>
        )
      })}
    </nav>
  )
}
