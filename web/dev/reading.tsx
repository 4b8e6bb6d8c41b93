/** Screens of papers: the list, the room to read in, the page that is shown. */
import type { ComponentChild } from 'preact'
import type { MeetingState } from '../src/gen/protocol'
import type { Acts } from '../src/protocol/call'
import { kept } from '../src/protocol/kept'
import { inkAt, noteAt } from '../src/protocol/papers'
import { unsentOf } from '../src/protocol/unsent'
import { ActsContext } from '../src/views/acts'
import { Hall } from '../src/views/hall/hall'
import { Changes } from '../src/views/papers/changes'
import { Desk } from '../src/views/papers/room'
import { Found } from '../src/views/papers/search'
import { Uploading } from '../src/views/papers/upload'
import { ChangingReaders } from '../src/views/papers/whom'
import { freshChoices, pretend } from './acts'
import { edit, hall, nowhere, press, pressWords, shownPage, wall } from './halls'
import { everyPaper, twoVersions } from './papers'
import { meeting } from './people'

const inkFull = {
  code: 'ink_full',
  message:
    'Đồng chí đã vẽ quá nhiều nét trên trang này hoặc trong cả cuộc họp, nên nét mới không được lưu. Hãy tẩy bớt nét cũ rồi vẽ tiếp.',
}
const meetingOver = { code: 'closed', message: 'Cuộc họp đã kết thúc.' }

function pointed(acts: Acts, version: string) {
  edit(acts, { shown: shownPage })
  acts.point({ version, page: shownPage.page, at: { x: 300, y: 240 } })
}

function room(state: MeetingState) {
  kept.value = state === 'closed' ? { me: 'd1', versions: ['wp1', 'wp2'] } : null
  return (
    <Desk
      room={{ me: 'd1', role: 'delegate', meeting: { ...meeting, state } }}
      choices={freshChoices()}
      onChanged={nowhere}
    />
  )
}

function compared() {
  const acts = pretend('d1', 'delegate')
  return (
    <ActsContext.Provider value={acts}>
      <Hall acts={acts} tab="papers" />
      <Changes of={twoVersions} onRead={nowhere} onClose={nowhere} />
    </ActsContext.Provider>
  )
}

export const readingScreens: Record<string, () => ComponentChild> = {
  'hall-papers': () => hall(nowhere, { tab: 'papers' }),
  'hall-papers-prepared': () =>
    hall((acts) => edit(acts, { documents: everyPaper }), { me: 'chair', tab: 'papers' }),
  'papers-found': () => (
    <main class="panel papers">
      <h1>Tài liệu</h1>
      <Found query="tầng lớp" meeting={meeting} onRead={nowhere} />
    </main>
  ),
  room: () => room('in_session'),
  'room-after': () => {
    pressWords('Chương trình, quy chế làm việc của Hội nghị12 trang · Đã lưu trên máy')
    return room('closed')
  },
  'papers-changes': () => compared(),
  'papers-changes-columns': () => {
    pressWords('Hai cột')
    return compared()
  },
  'hall-papers-add': () => {
    const acts = pretend('chair', 'chair')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} tab="papers" />
        <Uploading of={null} onClose={nowhere} />
      </ActsContext.Provider>
    )
  },
  'hall-papers-named': () => {
    setTimeout(() => {
      const select = document.getElementById('paper-audience') as HTMLSelectElement
      select.value = 'named'
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
    const acts = pretend('chair', 'chair')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} tab="papers" />
        <Uploading of={null} onClose={nowhere} />
      </ActsContext.Provider>
    )
  },
  'hall-papers-readers': () => {
    const acts = pretend('chair', 'chair')
    edit(acts, { documents: everyPaper })
    const paper = everyPaper.find((one) => one.audience === 'named')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} tab="papers" />
        {paper && <ChangingReaders of={paper} onClose={nowhere} />}
      </ActsContext.Provider>
    )
  },
  'hall-page-hidden': () => hall((acts) => edit(acts, { shown_to_others: true })),
  'hall-page-shown': () => hall((acts) => edit(acts, { shown: shownPage })),
  'hall-page-own': () =>
    hall((acts) => edit(acts, { shown: { ...shownPage, version: 'wp3', participant: 'chair' } }), {
      me: 'chair',
    }),
  'hall-page-pointed': () => hall((acts) => pointed(acts, 'wp2')),
  'hall-page-pointing': () => {
    pressWords('Con trỏ')
    return hall((acts) => edit(acts, { shown: { ...shownPage, participant: 'chair' } }), { me: 'chair' })
  },
  'hall-page-noted': () => {
    press('Ghi chú của tôi')
    return hall((acts) => edit(acts, { shown: shownPage }))
  },
  'hall-page-drawn': () => {
    press('Ghi chú của tôi')
    pressWords('Vẽ lên trang')
    return hall((acts) => edit(acts, { shown: shownPage }))
  },
  'hall-page-ink-refused': () => {
    const path = inkAt(shownPage.version, shownPage.page, 'stroke-0009')
    const body = { tool: 'pen', points: [900, 4100, 1600, 40, 1700, -30] }
    unsentOf('d1').refused.value = new Map([[path, { path, body, problem: inkFull }]])
    return hall((acts) => edit(acts, { shown: shownPage }))
  },
  'hall-page-note-refused': () => {
    press('Ghi chú của tôi')
    const path = noteAt(shownPage.version, shownPage.page)
    const body = { text: 'Hỏi lại số liệu quý II' }
    unsentOf('d1').refused.value = new Map([[path, { path, body, problem: meetingOver }]])
    return hall((acts) => edit(acts, { shown: shownPage }))
  },
  'wall-page': () => wall((acts) => edit(acts, { shown: shownPage })),
  'wall-page-wide': () => wall((acts) => edit(acts, { shown: { ...shownPage, page: 12 } })),
  'wall-page-pointed': () => wall((acts) => pointed(acts, 'wp2')),
}
