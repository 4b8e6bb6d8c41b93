/** A hall and a wall with the made-up conference, changed by hand. */
import type { Acts } from '../src/protocol/call'
import { ActsContext } from '../src/views/acts'
import { Hall, type Tab } from '../src/views/hall/hall'
import { Person } from '../src/views/hall/person'
import { Wall } from '../src/views/wall/wall'
import { pretend } from './acts'
import { meeting, NOW } from './people'

export const theme = new URLSearchParams(location.search).get('theme') === 'dark' ? 'dark' : 'light'
export const nowhere = () => undefined

export function hall(
  change: (acts: Acts) => void = nowhere,
  { me = 'd1', tab = undefined as Tab | undefined } = {},
) {
  const acts = pretend(me, me === 'chair' ? 'chair' : 'delegate')
  change(acts)
  return <Hall acts={acts} tab={tab} />
}

/** What the chair may do with one delegate, opened from the list. */
export function person() {
  const acts = pretend('chair', 'chair')
  return (
    <ActsContext.Provider value={acts}>
      <Hall acts={acts} tab="people" />
      <Person id="d4" onClose={nowhere} />
    </ActsContext.Provider>
  )
}

export function wall(change: (acts: Acts) => void = nowhere) {
  const acts = pretend('wall', 'big_screen')
  acts.choices.theme.value = theme
  change(acts)
  return <Wall acts={acts} />
}

export function edit({ store }: Acts, change: Partial<typeof meeting>) {
  store.meeting.value = { ...meeting, ...change }
}

/** The current item has taken this share of its time. */
export function slow(acts: Acts, share: number) {
  const agenda = meeting.agenda.map((item) =>
    item.state === 'current' ? { ...item, opened_at: NOW, spent_s: item.budget_s * share } : item,
  )
  edit(acts, { agenda })
}

export function share({ store }: Acts) {
  store.said.value = new Map(store.said.value).set('speaker', {
    participant: 'speaker',
    online: true,
    microphone: true,
    camera: true,
    screen: true,
  })
}

/** Press a button as soon as it is there. */
export function press(label: string) {
  const seen = new MutationObserver(() => {
    const button = document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)
    if (button === null) return
    seen.disconnect()
    button.click()
  })
  seen.observe(document.body, { childList: true, subtree: true })
}

export function pressWords(words: string) {
  const seen = new MutationObserver(() => {
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent === words)
    if (button === undefined) return
    seen.disconnect()
    button.click()
  })
  seen.observe(document.body, { childList: true, subtree: true })
}

export const shownPage = {
  document: 'p2',
  version: 'wp2',
  page: 7,
  participant: 'speaker',
  audience: 'delegates',
} as const
