/** Screens of votes of all kinds, and of opinion forms. */
import type { ComponentChild } from 'preact'
import type { Vote } from '../src/gen/protocol'
import { edit, hall, wall } from './halls'
import { election, OWN_CODE, openVote, people, publishedVote, secretVote, shownHands } from './people'

/** An opinion form, asked of all who are convened. */
const convened = people.filter(({ role }) => role === 'chair' || role === 'delegate').map(({ id }) => id)
const asForm = {
  due_at: '2026-11-21T10:00:00Z',
  base: 'convened',
  base_count: convened.length,
  needed: Math.floor(convened.length / 2) + 1,
  roster: convened,
} as const
const form: Vote = { ...openVote, ...asForm }
const { result } = publishedVote(true)
const { base_count, needed } = asForm
const formResult: Vote = {
  ...publishedVote(true),
  ...asForm,
  result: result && { ...result, base_count, needed },
}

export const voteScreens: Record<string, () => ComponentChild> = {
  'hall-form-opening': () =>
    hall(
      (acts) => {
        edit(acts, { state: 'invited' })
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.form-open')?.click())
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-form': () => hall((acts) => edit(acts, { state: 'invited', vote: form })),
  'hall-form-led': () =>
    hall((acts) => edit(acts, { state: 'invited', vote: form }), { me: 'chair', tab: 'steer' }),
  'hall-form-closed': () =>
    hall((acts) => edit(acts, { state: 'invited', vote: { ...form, state: 'closed' } }), {
      me: 'chair',
      tab: 'steer',
    }),
  'hall-form-result': () =>
    hall((acts) => edit(acts, { vote: formResult }), {
      me: 'chair',
      tab: 'steer',
    }),
  'hall-form-counting': () =>
    hall(
      (acts) => {
        edit(acts, { vote: formResult })
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.vote-minutes')?.click())
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-vote': () => hall((acts) => edit(acts, { vote: openVote })),
  'hall-vote-unsent': () =>
    hall((acts) => {
      edit(acts, { vote: openVote })
      acts.choices.ballot.value = { vote: 'v1', choices: ['for'], key: 'never-answered', code: null }
      const keys: unknown[] = []
      // The line carries nothing at first; the second attempt arrives when it is the same command.
      acts.command = async (_, key) => {
        keys.push(key)
        const isLost = keys.length === 1 || keys[0] !== key
        return isLost ? { ok: false, problem: { code: 'unreachable', message: '' } } : { ok: true }
      }
    }),
  'hall-vote-recorded': () =>
    hall((acts) => {
      edit(acts, { vote: openVote })
      acts.choices.ballot.value = { vote: 'v1', choices: ['for'], key: 'answered', code: null }
    }),
  'hall-vote-cast': () =>
    hall(
      (acts) => {
        edit(acts, { vote: openVote })
        acts.store.ballot.value = { vote: 'v1', choice: 'against' }
      },
      { me: 'd4' },
    ),
  'hall-vote-led': () => hall((acts) => edit(acts, { vote: openVote }), { me: 'chair', tab: 'steer' }),
  'hall-vote-closed': () =>
    hall((acts) => edit(acts, { vote: { ...openVote, state: 'closed' } }), { me: 'chair', tab: 'steer' }),
  'hall-vote-result': () => hall((acts) => edit(acts, { vote: publishedVote(true) }), { tab: 'steer' }),
  'hall-vote-opening': () =>
    hall(
      () => {
        // The dialog opens by a press, as for anybody.
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.vote-open')?.click())
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-vote-refused': () =>
    hall(
      (acts) => {
        const message = 'Chưa đủ số đại biểu tối thiểu để biểu quyết: có mặt 21, cần ít nhất 26.'
        acts.command = async () => ({ ok: false, problem: { code: 'no_quorum', message } })
        requestAnimationFrame(() => {
          document.querySelector<HTMLElement>('.vote-open')?.click()
          requestAnimationFrame(() =>
            document.querySelector<HTMLElement>('dialog .stacked > button')?.click(),
          )
        })
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-vote-opinion': () =>
    hall((acts) => {
      edit(acts, { vote: openVote })
      // Another opinion is chosen by a press; its words are asked for then.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.choice.other')?.click()),
      )
    }),
  'hall-vote-opinions': () =>
    hall((acts) => edit(acts, { vote: publishedVote(true) }), { me: 'chair', tab: 'steer' }),
  'hall-vote-majorities': () =>
    hall(
      () => {
        requestAnimationFrame(() => {
          document.querySelector<HTMLElement>('.vote-open')?.click()
          requestAnimationFrame(() => document.querySelector<HTMLElement>('dialog summary')?.click())
        })
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-hands': () => hall((acts) => edit(acts, { vote: shownHands(false) }), { tab: 'steer' }),
  'hall-hands-differ': () =>
    hall((acts) => edit(acts, { vote: shownHands(true) }), { me: 'chair', tab: 'steer' }),
  'hall-election': () => hall((acts) => edit(acts, { vote: election('open') })),
  'hall-election-result': () => hall((acts) => edit(acts, { vote: election('published') }), { tab: 'steer' }),
  'hall-counting': () =>
    hall(
      (acts) => {
        edit(acts, { vote: election('published') })
        // The page opens by a press, as for anybody.
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.vote-minutes')?.click())
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-secret': () => hall((acts) => edit(acts, { vote: secretVote('open') })),
  'hall-secret-recorded': () =>
    hall((acts) => {
      edit(acts, { vote: secretVote('open') })
      acts.choices.ballot.value = { vote: 'v1', choices: ['for'], key: 'answered', code: OWN_CODE }
    }),
  'hall-secret-result': () =>
    hall(
      (acts) => {
        edit(acts, { vote: secretVote('published') })
        acts.choices.code.value = { vote: 'v1', code: OWN_CODE }
      },
      { tab: 'steer' },
    ),
  'wall-vote': () => wall((acts) => edit(acts, { vote: openVote })),
  'wall-vote-passed': () => wall((acts) => edit(acts, { vote: publishedVote(true) })),
  'wall-vote-failed': () => wall((acts) => edit(acts, { vote: publishedVote(false) })),
  'wall-form': () => wall((acts) => edit(acts, { vote: form })),
  'wall-form-passed': () => wall((acts) => edit(acts, { vote: formResult })),
  'wall-hands': () => wall((acts) => edit(acts, { vote: shownHands(false) })),
  'wall-election': () => wall((acts) => edit(acts, { vote: election('published') })),
  'wall-secret': () => wall((acts) => edit(acts, { vote: secretVote('open') })),
  'wall-secret-passed': () => wall((acts) => edit(acts, { vote: secretVote('published') })),
}
