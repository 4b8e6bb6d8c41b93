/** A personal link being used: the page asks for it, so that a preview of the link uses nothing up. */
import { TriangleAlert } from 'lucide'
import type { ComponentType } from 'preact'
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import type { Entered, Invitation, Problem } from '../../gen/protocol'
import { fetched } from '../../protocol/code'
import { enter, enterRoom, type follow, knock, problemOf } from '../../protocol/http'
import { text } from '../../state/i18n'
import { adviceOf, again_ms, passes } from '../../state/problems'
import { MEETING, ROOM, WALL } from '../../state/route'
import type { Go } from '../app'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'

const loadInvitation = () => fetched(() => import('./invitation'))

interface Props {
  token: string
  device: string
  go: Go
  follow: typeof follow
}

/** Why a step did not succeed, and the same step once more. */
interface Failed {
  problem: Problem
  again: () => void
}

export function Enter({ token, device, go, follow }: Props) {
  const link = { token, device }
  const [failed, setFailed] = useState<Failed | null>(null)
  const [Shown, setShown] = useState<ComponentType | null>(null)
  const goIn = (who: Entered) => go(who.place === 'wall' ? WALL : MEETING, who)
  /** `quietly`: what is read about the attempt before stays until this one has an answer. */
  const attempt = <T,>(step: () => Promise<T>, then: (answer: T) => void, quietly = false) => {
    if (!quietly) setFailed(null)
    step().then(then, (error: unknown) =>
      setFailed({ problem: problemOf(error), again: () => attempt(step, then, true) }),
    )
  }
  const show = (view: Invitation) =>
    attempt(loadInvitation, ({ InvitationScreen }) =>
      setShown(() => () => (
        <InvitationScreen
          token={token}
          first={view}
          onEnter={() => {
            setShown(null)
            attempt(() => enter(link), goIn)
          }}
        />
      )),
    )
  const look = () =>
    attempt(
      () => follow(link),
      ({ entered, invitation }) => {
        if (entered) goIn(entered)
        else if (invitation) show(invitation)
      },
    )
  const ask = () =>
    attempt(
      () =>
        knock(link).catch((error: unknown) => {
          // The link opens the meeting on this device by now: there is nothing to ask for.
          if (problemOf(error).code === 'already_so') return enter(link)
          throw error
        }),
      goIn,
    )
  // Followed once for each token; an answer that is here already is shown before that one waits for it.
  useLayoutEffect(look, [token])
  useEffect(() => {
    if (failed === null || !passes(failed.problem.code)) return
    const timer = setTimeout(failed.again, again_ms())
    return () => clearTimeout(timer)
  }, [failed])
  const t = text.value
  if (Shown !== null) return <Shown />
  if (failed === null) {
    return (
      <Door>
        <div class="centred" role="status">
          <span class="spinner" />
          <p class="lead">{t.enter.trying}</p>
        </div>
      </Door>
    )
  }
  const { problem } = failed
  return (
    <EnterProblem problem={problem} asksAgain={passes(problem.code)}>
      {problem.code === 'used_link' ? (
        <button type="button" class="primary" onClick={ask}>
          {t.enter.again}
        </button>
      ) : (
        problem.code !== 'bad_link' &&
        (problem.code === 'closed' ? (
          <button
            type="button"
            class="primary"
            onClick={() =>
              attempt(
                () => enterRoom(link),
                () => go(ROOM),
              )
            }
          >
            {t.enter.read}
          </button>
        ) : (
          <button type="button" class="primary" onClick={look}>
            {t.retry}
          </button>
        ))
      )}
    </EnterProblem>
  )
}

/** Why one cannot enter, and what to do. */
export function EnterProblem({
  problem,
  asksAgain = false,
  children,
}: {
  problem: Problem
  /** Whether the page tries again by itself. */
  asksAgain?: boolean
  children?: preact.ComponentChildren
}) {
  const { what, todo } = adviceOf(problem, text.value)
  return (
    <Door>
      <div class="card centred" role="alert">
        <Icon of={TriangleAlert} />
        <Heading>{what}</Heading>
        <p class="lead">{todo}</p>
        {asksAgain && <p class="soft">{text.value.enter.asksAgain}</p>}
        <div class="actions">{children}</div>
      </div>
    </Door>
  )
}
