/** What a screen asks of the service: an answer that is shown when it comes, and a change that is sent once. */
import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Problem } from '../../gen/protocol'
import { Refused } from '../../protocol/http'
import { newKey } from '../../protocol/key'
import { createKeys, type KeyFor } from '../../state/office/keys'
import { place, replace, SIGN_IN } from './place'

export function problemOf(error: unknown): Problem {
  if (!(error instanceof Refused)) throw error
  return error.problem
}

/** Where somebody whose session ended comes back to after signing in. */
export let cameFrom: string | null = null

function leaveWhenSignedOut(problem: Problem): void {
  if (problem.code !== 'not_signed_in') return
  cameFrom = place.value
  replace(SIGN_IN)
}

export interface Asked<T> {
  answer: Signal<T | null>
  problem: Signal<Problem | null>
  again: () => void
}

/** The answer to `question`, asked anew whenever one of `about` changes; `first` is shown until then. */
export function useAnswer<T>(
  question: () => Promise<T>,
  about: readonly unknown[],
  first: T | null = null,
): Asked<T> {
  const answer = useSignal<T | null>(first)
  const problem = useSignal<Problem | null>(null)
  const round = useSignal(0)
  const isGiven = first !== null
  useEffect(() => {
    if (isGiven) return
    let isCurrent = true
    question().then(
      (value) => {
        if (!isCurrent) return
        answer.value = value
        problem.value = null
      },
      (error: unknown) => {
        if (!isCurrent) return
        problem.value = problemOf(error)
        leaveWhenSignedOut(problem.value)
      },
    )
    return () => {
      isCurrent = false
    }
  }, [...about, round.value, isGiven])
  return {
    answer,
    problem,
    again: () => {
      round.value++
    },
  }
}

export interface Change {
  /** Carries it out; null when it was refused, and `problem` says why. */
  make: <T>(send: (keyFor: KeyFor) => Promise<T>) => Promise<T | null>
  isSending: Signal<boolean>
  problem: Signal<Problem | null>
}

export function useChange(): Change {
  const isSending = useSignal(false)
  const problem = useSignal<Problem | null>(null)
  const keys = useMemo(() => createKeys(newKey), [])
  return {
    isSending,
    problem,
    async make(send) {
      isSending.value = true
      problem.value = null
      try {
        const answer = await send(keys.keyFor)
        keys.done()
        return answer
      } catch (error) {
        problem.value = problemOf(error)
        leaveWhenSignedOut(problem.value)
        return null
      } finally {
        isSending.value = false
      }
    },
  }
}
