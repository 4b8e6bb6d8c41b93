/** A personal link being used: the page asks for it, so that a preview of the link uses nothing up. */
import { TriangleAlert } from 'lucide'
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Entered, Followed, Invitation, Problem } from '../../gen/protocol'
import { enter, enterRoom, follow, knock, Refused, unfetched } from '../../protocol/http'
import { text } from '../../state/i18n'
import { adviceOf, again_ms, passes } from '../../state/problems'
import { MEETING, ROOM, WALL } from '../../state/route'
import type { Go } from '../app'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'

const loadInvitation = () => import('./invitation').catch(unfetched)

interface Props {
  token: string
  device: string
  go: Go
}

export function Enter({ token, device, go }: Props) {
  const link = { token, device }
  const [problem, setProblem] = useState<Problem | null>(null)
  const [Shown, setShown] = useState<ComponentType | null>(null)
  const goIn = (who: Entered) => go(who.place === 'wall' ? WALL : MEETING, who)
  const outcome = <T,>(asked: Promise<T>, then: (answer: T) => void) =>
    asked.then(then, (error: unknown) => setProblem(problemOf(error)))
  const attempt = <T,>(asked: Promise<T>, then: (answer: T) => void) => {
    setProblem(null)
    void outcome(asked, then)
  }
  const show = (view: Invitation) =>
    attempt(loadInvitation(), ({ InvitationScreen }) =>
      setShown(() => () => (
        <InvitationScreen
          token={token}
          first={view}
          onEnter={() => {
            setShown(null)
            attempt(enter(link), goIn)
          }}
        />
      )),
    )
  const led = ({ entered, invitation }: Followed) => {
    if (entered) goIn(entered)
    else if (invitation) show(invitation)
  }
  const look = () => attempt(follow(link), led)
  const ask = () =>
    attempt(
      knock({ token }).catch((error: unknown) => {
        // The link opens the meeting on this device by now: there is nothing to ask for.
        if (problemOf(error).code === 'already_so') return enter(link)
        throw error
      }),
      goIn,
    )
  // Followed once for each token.
  useEffect(look, [token])
  useEffect(() => {
    if (problem === null || !passes(problem.code)) return
    // What is read meanwhile stays.
    const timer = setTimeout(() => void outcome(follow(link), led), again_ms())
    return () => clearTimeout(timer)
  }, [problem])
  const t = text.value
  if (Shown !== null) return <Shown />
  if (problem === null) {
    return (
      <Door>
        <div class="centred" role="status">
          <span class="spinner" />
          <p class="lead">{t.enter.trying}</p>
        </div>
      </Door>
    )
  }
  return (
    <EnterProblem problem={problem}>
      {problem.code === 'used_link' ? (
        <button type="button" class="primary" onClick={ask}>
          {t.enter.again}
        </button>
      ) : (
        problem.code !== 'bad_link' &&
        (problem.code === 'closed' ? (
          <button type="button" class="primary" onClick={() => attempt(enterRoom(link), () => go(ROOM))}>
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

export function problemOf(error: unknown): Problem {
  return error instanceof Refused ? error.problem : { code: 'unknown', message: '' }
}

/** Why one cannot enter, and what to do. */
export function EnterProblem({
  problem,
  children,
}: {
  problem: Problem
  children?: preact.ComponentChildren
}) {
  const { what, todo } = adviceOf(problem, text.value)
  return (
    <Door>
      <div class="card centred" role="alert">
        <Icon of={TriangleAlert} />
        <Heading>{what}</Heading>
        <p class="lead">{todo}</p>
        <div class="actions">{children}</div>
      </div>
    </Door>
  )
}
