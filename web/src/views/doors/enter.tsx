/** A personal link being used: the page asks for it, so that a preview of the link uses nothing up. */
import { TriangleAlert } from 'lucide'
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Entered, Invitation, Problem } from '../../gen/protocol'
import { enter, enterRoom, invitationOf, knock, Refused } from '../../protocol/http'
import { text } from '../../state/i18n'
import { adviceOf } from '../../state/problems'
import { MEETING, ROOM, WALL } from '../../state/route'
import type { Go } from '../app'
import { loadHall } from '../loadhall'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'

interface Props {
  token: string
  go: Go
}

export function Enter({ token, go }: Props) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [Shown, setShown] = useState<ComponentType | null>(null)
  const follow = (asked: Promise<Entered>) => {
    setProblem(null)
    void loadHall()
    asked.then(
      (who) => go(who.place === 'wall' ? WALL : MEETING, who),
      (error: unknown) => setProblem(problemOf(error)),
    )
  }
  const look = () => {
    setProblem(null)
    invitationOf(token).then(
      async (view) => {
        if (leadsIn(view)) return follow(enter(token))
        const { InvitationScreen } = await import('./invitation')
        setShown(() => () => (
          <InvitationScreen
            token={token}
            first={view}
            onEnter={() => {
              setShown(null)
              follow(enter(token))
            }}
          />
        ))
      },
      (error: unknown) => setProblem(problemOf(error)),
    )
  }
  // Looked at once for each token.
  useEffect(look, [token])
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
        <button type="button" class="primary" onClick={() => follow(knock({ token }))}>
          {t.enter.again}
        </button>
      ) : (
        problem.code !== 'bad_link' &&
        (problem.code === 'closed' ? (
          <button
            type="button"
            class="primary"
            onClick={() => {
              enterRoom(token).then(
                () => go(ROOM),
                (error: unknown) => setProblem(problemOf(error)),
              )
            }}
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

/** Whether the link leads into the hall at once; before the doors are open it shows the invitation. */
function leadsIn({ role, state, answer }: Invitation): boolean {
  if (answer === 'substituted') return false
  return role === 'big_screen' || state === 'check_in' || state === 'in_session' || state === 'paused'
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
