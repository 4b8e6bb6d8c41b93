/** One's way through a meeting: device check, lobby, hall or wall, and the end. */
import { signal, useComputed } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Entered, Problem } from '../gen/protocol'
import type { Acts } from '../protocol/call'
import { logOut, problemOf, type whoAmI } from '../protocol/http'
import { dropOthers, forgetPapers, kept } from '../protocol/kept'
import { type Choices, formOf } from '../state/choices'
import { text } from '../state/i18n'
import { again_ms, passes } from '../state/problems'
import { ROOM } from '../state/route'
import { Check, type Opened } from './check/check'
import { EndedScreen } from './doors/ended'
import { EnterProblem } from './doors/enter'
import { Lobby } from './doors/lobby'
import { fetchHall, loadHall } from './loadhall'

interface Props {
  choices: Choices
  isWall: boolean
  /** Who this is, where the link has just told; null after a reload. */
  cameIn: Entered | null
  whoAmI: typeof whoAmI
}

interface Inside {
  acts: Acts
  Screen: ComponentType<{ acts: Acts }>
}

/** Ends after which this device is nobody's any more. */
const GONE: ReadonlySet<string> = new Set(['removed', 'revoked', 'replaced', 'refused'])
/** The door forgets a knock a minute after it last heard of the device. */
const STILL_HERE_MS = 20_000

const here = signal<Inside | null>(null)

export function MeetingScreen({ choices, isWall, cameIn, whoAmI }: Props) {
  const [entered, setEntered] = useState(cameIn)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [attempt, setAttempt] = useState(0)

  const comingBack = useRef<ReturnType<typeof setTimeout>>(undefined)
  const refused = (error: unknown) => {
    const found = problemOf(error)
    setProblem(found)
    if (found.code === 'no_session') void forgetPapers()
    if (isWall || passes(found.code))
      comingBack.current = setTimeout(() => setAttempt(attempt + 1), again_ms())
  }

  const isLoading = useRef(false)
  const goIn = async (opened: Opened, who: Entered) => {
    // Pressed twice while the hall is loaded: one goes in once.
    if (isLoading.current) return
    isLoading.current = true
    choices.entered.value = who.meeting
    try {
      const { Call, createStore, Hall, Wall } = await loadHall()
      const form = isWall ? 'wall' : formOf(screen.width, screen.height)
      here.value = {
        acts: new Call(createStore(), choices, form, opened, who.session),
        Screen: isWall ? Wall : Hall,
      }
    } catch (error) {
      for (const track of Object.values(opened)) track.stop()
      refused(error)
    } finally {
      isLoading.current = false
    }
  }

  // Asked once for each attempt.
  useEffect(() => {
    const asked = cameIn !== null && attempt === 0 ? Promise.resolve(cameIn) : whoAmI()
    asked.then((who) => {
      setProblem(null)
      setEntered(who)
      // A wall has nobody to press a button, and a reload has passed the check already.
      if (isWall || choices.entered.value === who.meeting) void goIn({}, who)
      else void fetchHall()
    }, refused)
    return () => clearTimeout(comingBack.current)
  }, [attempt])

  // Who knocked and still looks at the devices has no connection that would say so.
  useEffect(() => {
    if (entered?.place !== 'lobby' || here.value !== null) return
    const timer = setInterval(() => {
      whoAmI().catch((error: unknown) => {
        const found = problemOf(error)
        if (!passes(found.code)) setProblem(found)
      })
    }, STILL_HERE_MS)
    return () => clearInterval(timer)
  }, [entered, here.value])

  // What this device keeps and may be read no longer goes, whatever the screen shows.
  const papers = useComputed(() => here.value?.acts.store.meeting.value?.documents).value
  useEffect(() => {
    const { meeting, me } = here.value?.acts.store ?? {}
    if (meeting?.value && me) void dropOthers(meeting.value, me.value)
  }, [papers])

  const t = text.value
  if (problem) {
    return (
      <EnterProblem problem={problem} asksAgain={isWall || passes(problem.code)}>
        {problem.code !== 'closed' && (
          <button type="button" onClick={() => setAttempt(attempt + 1)}>
            {t.retry}
          </button>
        )}
        {!isWall && (problem.code === 'closed' || (problem.code === 'unreachable' && kept.value)) && (
          <a class="button" href={ROOM}>
            {problem.code === 'closed' ? t.enter.read : t.enter.readKept}
          </a>
        )}
      </EnterProblem>
    )
  }
  if (entered === null) return <p class="loading">{t.loading}</p>
  if (here.value === null) {
    if (isWall || choices.entered.value === entered.meeting) return <p class="loading">{t.loading}</p>
    return <Check entered={entered} choices={choices} onEnter={(opened) => void goIn(opened, entered)} />
  }
  const { acts, Screen } = here.value
  const { store } = acts
  if (store.refusal.value && store.place.value !== 'ended')
    return <EnterProblem problem={store.refusal.value} />
  switch (store.place.value) {
    case 'connecting':
      return <p class="loading">{t.loading}</p>
    case 'waiting':
      return (
        <Lobby
          title={store.waiting.value?.title ?? entered.title}
          onLeave={() => {
            acts.leave('withdrawn')
            void logOut()
          }}
        />
      )
    case 'hall':
      return <Screen acts={acts} />
    case 'ended':
      if (GONE.has(store.ended.value ?? '')) void forgetPapers()
      return (
        <EndedScreen
          reason={store.ended.value ?? 'left'}
          title={entered.title}
          onAgain={() => {
            here.value = null
            choices.entered.value = null
            setAttempt(attempt + 1)
          }}
        />
      )
  }
}
