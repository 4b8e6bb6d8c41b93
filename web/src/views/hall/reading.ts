/** What somebody reads here, and how the page that is shown to all turns it. */
import { type Signal, useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { isMissing } from '../../protocol/code'
import { text } from '../../state/i18n'
import { again_ms } from '../../state/problems'
import { type Reading, turned } from '../../state/reading'
import { tell } from '../../state/store'
import { useActs } from '../acts'

export interface Reader {
  reading: Signal<Reading | null>
  /** Open a version beside what is shown. */
  read: (version: string, page?: number, find?: string) => void
  close: () => void
  /** Go to the page that is shown to all. */
  follow: () => void
}

export function useReader(): Reader {
  const { store } = useActs()
  const reading = useSignal<Reading | null>(null)
  const putAway = useSignal<string | null>(null)
  const shown = store.meeting.value?.shown ?? null
  useEffect(() => {
    if (shown === null) putAway.value = null
    reading.value = turned(reading.peek(), shown, { me: store.me.value, putAway: putAway.peek() })
  }, [shown, store, reading, putAway])
  const read = (version: string, page?: number, find?: string) => {
    const here = shown?.version === version ? shown.page : 1
    const follows = shown?.version === version && (page ?? here) === here
    reading.value = { version, page: page ?? here, follows, ...(find ? { find } : {}) }
  }
  const close = useCallback(() => {
    putAway.value = store.meeting.peek()?.shown?.version ?? null
    reading.value = null
  }, [store, reading, putAway])
  const follow = () => {
    if (shown) reading.value = { version: shown.version, page: shown.page, follows: true }
  }
  return { reading, read, close, follow }
}

type Screens = typeof import('../papers')

/** A screen of the papers, whose code is fetched when it is first wanted; null until it is here. */
export function usePapers<K extends keyof Screens>(name: K, isWanted: boolean): Screens[K] | null {
  const { store } = useActs()
  const [screens, setScreens] = useState<Screens | null>(null)
  useEffect(() => {
    if (!isWanted || screens !== null) return
    let timer: ReturnType<typeof setTimeout>
    let isCurrent = true
    let isTold = false
    const load = async () => {
      try {
        const found = await import('../papers')
        if (isCurrent) setScreens(found)
      } catch {
        // In a meeting the page is not loaded anew by itself: somebody may be speaking.
        const isNews = !isTold && (await isMissing())
        if (!isCurrent) return
        if (isNews) tell(store, { text: text.value.notice.missing, urgent: true, visible: true })
        isTold ||= isNews
        timer = setTimeout(load, again_ms())
      }
    }
    void load()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [isWanted, screens])
  return screens && (screens[name] as Screens[K] & ComponentType)
}
