/** What the code of a hall opens: who scanned it, with the session of their own link, is noted as sitting there. */
import { CircleCheck } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import type { CheckedIn, Problem } from '../../gen/protocol'
import { checkIn, problemOf } from '../../protocol/http'
import { newKey } from '../../protocol/key'
import { checkInText } from '../../state/checkin/i18n'
import type { Choices } from '../../state/choices'
import { hourOf } from '../../state/hours'
import { MEETING } from '../../state/route'
import type { Go } from '../app'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { EnterProblem } from './enter'

interface Props {
  code: string
  choices: Choices
  go: Go
  given?: CheckedIn
}

export function CheckIn({ code, choices, go, given }: Props) {
  const [done, setDone] = useState<CheckedIn | null>(given ?? null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [key] = useState(newKey)
  const t = checkInText.value
  const send = () => {
    setProblem(null)
    checkIn({ code, key }).then(setDone, (error: unknown) => setProblem(problemOf(error)))
  }
  // Sent once for each code.
  useEffect(() => {
    if (!given) send()
  }, [code])
  if (problem) {
    return (
      <EnterProblem problem={problem}>
        <button type="button" onClick={send}>
          {t.retry}
        </button>
      </EnterProblem>
    )
  }
  if (done === null) return <p class="loading">{t.checking}</p>
  const follow = () => {
    choices.where.value = 'hall'
    choices.entered.value = done.meeting
    go(MEETING)
  }
  const time = hourOf(done.at)
  return (
    <Door>
      <p class="soft">{done.title}</p>
      <div class="card col" role="status">
        <div class="row">
          <Icon of={CircleCheck} />
          <Heading>{done.again ? t.again : t.done}</Heading>
        </div>
        <p class="lead">{done.again ? t.againLead(done.name, time) : t.doneLead(done.name, time)}</p>
        {done.site && <p>{t.at(done.site)}</p>}
      </div>
      <p class="soft">{t.followLead}</p>
      <button type="button" class="primary" onClick={follow}>
        {t.follow}
      </button>
    </Door>
  )
}
