/** The reading room: papers and one's own notes, without the meeting around them: after it, or without a line. */
import { signal, useSignal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Problem, ReadingRoom } from '../../gen/protocol'
import type { Acts } from '../../protocol/call'
import { problemOf, readingRoom, recall } from '../../protocol/http'
import { dropOthers } from '../../protocol/kept'
import type { Choices } from '../../state/choices'
import { text } from '../../state/i18n'
import type { Reading } from '../../state/reading'
import { MEETING } from '../../state/route'
import { createStore, tell } from '../../state/store'
import { ActsContext } from '../acts'
import { EnterProblem } from '../doors/enter'
import { Emblem } from '../parts/door'
import { Notices } from '../parts/notices'
import { PaperList, Viewer } from '.'
import { papersText } from './texts'

export function Room({ choices }: { choices: Choices }) {
  const [room, setRoom] = useState<ReadingRoom | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [attempt, setAttempt] = useState(0)
  // Asked once for each attempt.
  useEffect(() => {
    readingRoom().then(
      (found) => {
        setProblem(null)
        setRoom(found)
        void dropOthers(found.meeting, found.me)
      },
      (error: unknown) => setProblem(problemOf(error)),
    )
  }, [attempt])
  if (problem !== null) {
    return (
      <EnterProblem problem={problem}>
        <button type="button" onClick={() => setAttempt(attempt + 1)}>
          {text.value.retry}
        </button>
      </EnterProblem>
    )
  }
  if (room === null) return <p class="loading">{text.value.loading}</p>
  return <Desk key={attempt} room={room} choices={choices} onChanged={() => setAttempt(attempt + 1)} />
}

interface Props {
  room: ReadingRoom
  choices: Choices
  onChanged: () => void
}

export function Desk({ room, choices, onChanged }: Props) {
  const acts = useMemo(() => reader(room, choices, onChanged), [room])
  const reading = useSignal<Reading | null>(null)
  const t = papersText.value
  const isOver = room.meeting.state === 'closed'
  const read = (version: string, page = 1, find?: string) => {
    reading.value = { version, page, follows: false, ...(find ? { find } : {}) }
  }
  return (
    <ActsContext.Provider value={acts}>
      <main class={reading.value === null ? 'room' : 'room reads'}>
        <header>
          <Emblem />
          <div class="grow">
            <h1 class="line">{room.meeting.title}</h1>
            <p class="small soft">{isOver ? t.roomOver : t.roomOpen}</p>
          </div>
          {!isOver && (
            <a class="button" href={MEETING}>
              {t.toHall}
            </a>
          )}
        </header>
        <section class="panel papers">
          <PaperList onRead={read} />
          <p class="small soft">{t.roomRecalled}</p>
        </section>
        {reading.value !== null && (
          <Viewer
            reading={reading}
            onClose={() => {
              reading.value = null
            }}
          />
        )}
        <Notices store={acts.store} />
      </main>
    </ActsContext.Provider>
  )
}

/** A participation in nothing: papers and notes are asked for by themselves. */
function reader(room: ReadingRoom, choices: Choices, onChanged: () => void): Acts {
  const store = createStore()
  store.me.value = room.me
  store.role.value = room.role
  store.meeting.value = room.meeting
  store.now.value = Date.now()
  const leads = room.role === 'chair' || room.role === 'secretary'
  if (leads && room.meeting.state === 'closed') store.may.value = new Set(['recall_document'])
  const nothing = () => undefined
  return {
    store,
    choices,
    voices: signal([]),
    connection: signal(0),
    ownPicture: signal(null),
    picture: () => null,
    mid: () => null,
    watch: nothing,
    point: nothing,
    leave: nothing,
    accompany: async () => undefined,
    publish: async () => undefined,
    change: async () => undefined,
    command: async (order) => {
      if (order.type !== 'recall_document') return { ok: false }
      try {
        await recall(order.document)
        tell(store, { text: papersText.value.recalled, urgent: false, visible: true })
        onChanged()
        return { ok: true }
      } catch (error) {
        return { ok: false, problem: problemOf(error) }
      }
    },
  }
}
