/** A personal link being used: the page asks for it, so that a preview of the link uses nothing up. */
import { TriangleAlert } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import type { Entered, Problem } from '../../gen/protocol'
import { enter, knock, Refused } from '../../protocol/http'
import { text } from '../../state/i18n'
import { adviceOf } from '../../state/problems'
import { MEETING, WALL } from '../../state/route'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'

interface Props {
  token: string
  go: (path: string) => void
}

export function Enter({ token, go }: Props) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const follow = (asked: Promise<Entered>) => {
    setProblem(null)
    asked.then(
      ({ place }) => go(place === 'wall' ? WALL : MEETING),
      (error: unknown) => setProblem(problemOf(error)),
    )
  }
  // The link is used once for each token.
  useEffect(() => follow(enter(token)), [token])
  const t = text.value
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
        problem.code !== 'closed' && (
          <button type="button" class="primary" onClick={() => follow(enter(token))}>
            {t.retry}
          </button>
        )
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
