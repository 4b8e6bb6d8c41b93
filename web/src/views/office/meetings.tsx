/** The meetings of one's units, the latest first. */
import { useSignal } from '@preact/signals'
import { CalendarPlus, ChevronRight } from 'lucide'
import type { OfficeMe, OfficeMeetingLine, OfficeMeetings } from '../../gen/protocol'
import { meetings as ask } from '../../protocol/office'
import { language, text } from '../../state/i18n'
import { officeText } from '../../state/office/i18n'
import { dayAndTime } from '../../state/office/times'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { useAnswer, useChange } from './asking'
import { Refusal } from './fields'
import { Link, OFFICE } from './place'

export function Meetings({ me, given = null }: { me: OfficeMe; given?: OfficeMeetings | null }) {
  const { answer, problem } = useAnswer(() => ask(), [], given)
  const later = useChange()
  const earlier = useSignal<readonly OfficeMeetingLine[]>([])
  const hasMore = useSignal<boolean | null>(null)
  const t = officeText.value
  const first = answer.value
  const lines = [...(first?.meetings ?? []), ...earlier.value]

  async function showMore() {
    const page = await later.make(() => ask(lines.at(-1)))
    if (page === null) return
    const known = new Set(lines.map((line) => line.id))
    earlier.value = [...earlier.value, ...page.meetings.filter((line) => !known.has(line.id))]
    hasMore.value = page.more
  }

  return (
    <>
      <div class="head">
        <Heading>{t.meetings.title}</Heading>
        {me.may.includes('create_meeting') && (
          <Link to={`${OFFICE}/hop/moi`} class="button primary">
            <Icon of={CalendarPlus} />
            {t.meetings.create}
          </Link>
        )}
      </div>
      <Refusal problem={problem.value} />
      {first === null ? (
        problem.value === null && <p class="loading">{t.loading}</p>
      ) : lines.length === 0 ? (
        <p class="card soft">{t.meetings.none}</p>
      ) : (
        <ul class="lines">
          {lines.map((line) => (
            <li key={line.id}>
              <Link to={`${OFFICE}/hop/${line.id}`}>
                <div class="grow">
                  <b>{line.title}</b>
                  <div class="small soft num">
                    {dayAndTime(line.starts_at, language.value)} · {line.unit}
                  </div>
                  <div class="small soft num">{t.meetings.count(line.participants)}</div>
                </div>
                <StatePill state={line.state} />
                <Icon of={ChevronRight} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Refusal problem={later.problem.value} />
      {(hasMore.value ?? first?.more) && (
        <button type="button" disabled={later.isSending.value} onClick={() => void showMore()}>
          {t.more}
        </button>
      )}
    </>
  )
}

export function StatePill({ state }: { state: OfficeMeetingLine['state'] }) {
  const looks = state === 'in_session' ? 'live' : state === 'check_in' || state === 'paused' ? 'gold' : ''
  return <span class={`pill ${looks}`}>{text.value.meetingState[state]}</span>
}
