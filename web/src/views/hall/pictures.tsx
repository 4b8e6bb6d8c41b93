/** The stage, a shared screen, the tiles with their pages, and one's own picture. */
import { ChevronLeft, ChevronRight, Pin } from 'lucide'
import { useState } from 'preact/hooks'
import { text } from '../../state/i18n'
import { isUpright, viewOf } from '../../state/layout'
import { personOf, subtitle } from '../../state/meeting'
import { useActs } from '../acts'
import { Icon } from '../parts/icon'
import { useLayout } from '../parts/layout'
import { Picture } from '../parts/picture'
import { useSize } from '../parts/sized'
import { SpeechTime } from '../parts/speechtime'
import { Tile } from '../parts/tile'
import { form } from '../parts/window'

interface Props {
  isVisible: boolean
  onOpen: (id: string) => void
}

export function Pictures({ isVisible, onOpen }: Props) {
  const acts = useActs()
  const { store, choices } = acts
  const { element, size } = useSize<HTMLDivElement>()
  const [page, setPage] = useState(0)
  const view = viewOf(form.value, choices.view.value, store.sharer.value)
  const saving = choices.saving.value
  const layout = useLayout({ form: form.value, view, strip: 'others', saving, page, size, isVisible })
  const t = text.value.hall
  const meeting = store.meeting.value
  if (meeting === null) return null
  const isGrid = view === 'grid'
  const cells = layout.cells.map((id) => (id === null ? null : personOf(meeting, id)))
  const gridWidth = size.width > 0 ? gridWidthOf(size, layout.columns, layout.rows, layout.pages) : undefined

  return (
    <main class="pictures" hidden={!isVisible}>
      <div
        class={`area ${isGrid ? 'grid' : ''} ${form.value === 'phone' && !isUpright(size) ? 'lying' : ''}`}
        id="pictures"
        ref={element}
        {...(form.value === 'phone' ? { role: 'tabpanel', 'aria-labelledby': 'tab-picture' } : {})}
      >
        {!isGrid && <Upper onOpen={onOpen} />}
        <section aria-label={t.tiles} class="lower">
          <div
            class="tiles"
            style={{
              gridTemplateColumns: isGrid
                ? `repeat(${layout.columns}, ${gridWidth}px)`
                : `repeat(${layout.columns}, minmax(0, 1fr))`,
            }}
          >
            {cells.map((person, cell) =>
              person ? (
                // Cells keep their place and their slot, whoever sits in them.
                <Tile key={cell} person={person} slot={cell} cell={cell} onOpen={onOpen} />
              ) : null,
            )}
          </div>
          {layout.pages > 1 && (
            <div class="pager">
              <button
                type="button"
                aria-label={t.previousPage}
                disabled={layout.page === 0}
                onClick={() => setPage(layout.page - 1)}
              >
                <Icon of={ChevronLeft} />
              </button>
              <span class="num small" aria-live="polite">
                {t.page(layout.page + 1, layout.pages)}
              </span>
              <button
                type="button"
                aria-label={t.nextPage}
                disabled={layout.page === layout.pages - 1}
                onClick={() => setPage(layout.page + 1)}
              >
                <Icon of={ChevronRight} />
              </button>
            </div>
          )}
        </section>
        {isGrid && <OwnPicture />}
        {meeting.state === 'paused' && (
          <div class="rest">
            <h2>{t.paused}</h2>
            <p>{t.pausedLead}</p>
          </div>
        )}
      </div>
    </main>
  )
}

/** Width of a grid's tiles so that all rows fit, in CSS pixels. */
function gridWidthOf(size: { width: number; height: number }, columns: number, rows: number, pages: number) {
  const gap = 10
  const pager = pages > 1 ? 56 : 0
  const byWidth = (size.width - gap * (columns - 1)) / columns
  const byHeight = ((size.height - pager - gap * (rows - 1)) / rows) * (16 / 9)
  return Math.floor(Math.max(80, Math.min(byWidth, byHeight)))
}

function Upper({ onOpen }: { onOpen: (id: string) => void }) {
  const { store } = useActs()
  const meeting = store.meeting.value
  const t = text.value.hall
  const person = meeting && personOf(meeting, store.stage.value.who)
  const sharer = meeting && personOf(meeting, store.sharer.value)
  return (
    <section aria-label={t.stage} class={`upper ${sharer ? 'shared' : ''}`}>
      {sharer && <SharedScreen id={sharer.id} name={sharer.name} />}
      {person ? (
        <Tile
          person={person}
          slot="stage"
          class="stage"
          onOpen={onOpen}
          mark={<StageMark />}
          caption={
            <span class="grow">
              <b class="line">{person.name}</b>
              <span class="title small line">{subtitle(meeting, person)}</span>
            </span>
          }
        />
      ) : (
        !sharer && (
          <div class="tile stage">
            <div class="nobody">
              <p>{t.nobody}</p>
            </div>
          </div>
        )
      )}
      <OwnPicture />
    </section>
  )
}

/** Why this person is on the stage, and for how long they have spoken. */
function StageMark() {
  const { store } = useActs()
  const t = text.value.hall
  const { why, who } = store.stage.value
  const floor = store.meeting.value?.floor
  if (floor && floor.holder === who) {
    return (
      <span class="pill gold">
        {t.hasFloor} · <SpeechTime />
      </span>
    )
  }
  if (why !== 'chair_pin' && why !== 'own_pin') return null
  return (
    <span class="pill">
      <Icon of={Pin} />
      {why === 'chair_pin' ? t.chairPinned : t.ownPinned}
    </span>
  )
}

function SharedScreen({ id, name }: { id: string; name: string }) {
  const acts = useActs()
  acts.connection.value
  const t = text.value.hall
  const mid = acts.mid('screen')
  const shown = mid === null ? undefined : acts.store.shows.value.get(mid)
  const isShown = shown?.source === `${id}:screen`
  return (
    <div
      class="tile screen"
      data-participant={id}
      data-slot={mid ?? undefined}
      data-picture={isShown ? 'on' : 'off'}
    >
      {isShown ? (
        <Picture class="contain" stream={acts.picture('screen')} />
      ) : acts.choices.saving.value === 'voices' ? (
        <div class="nobody">
          <p>{t.noScreenSaving}</p>
        </div>
      ) : (
        <span class="monogram">
          <span class="spinner" />
        </span>
      )}
      {!isShown && shown?.cause === 'downlink' && <span class="why">{t.noPictureLine}</span>}
      {/* It covers what is read, so it is then written only where the stage does not say the same. */}
      <span class={isShown && acts.store.stage.value.who === id ? 'hidden' : 'caption'}>
        <span class="line">{t.sharing(name)}</span>
      </span>
    </div>
  )
}

function OwnPicture() {
  const { store, ownPicture } = useActs()
  const t = text.value.hall
  if (ownPicture.value === null) return null
  const isSpeaking = store.voices.value.speaking.includes(store.me.value)
  return (
    <div class={`tile own ${isSpeaking ? 'speaking' : ''}`} role="img" aria-label={t.yourPicture} data-own>
      <Picture class="mirror" stream={ownPicture.value} />
      <span class="caption">{t.you}</span>
    </div>
  )
}
