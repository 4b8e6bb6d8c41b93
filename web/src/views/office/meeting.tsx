/** A meeting as it is prepared: what it is, who is invited, their links. */
import { ArrowLeft, CopyPlus } from 'lucide'
import type { OfficeMeeting } from '../../gen/protocol'
import { meeting as ask } from '../../protocol/office'
import { language } from '../../state/i18n'
import { officeText } from '../../state/office/i18n'
import { dayAndTime } from '../../state/office/times'
import { repeatingText } from '../../state/repeating/i18n'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { useAnswer } from './asking'
import { Refusal } from './fields'
import { Invited } from './invited'
import { StatePill } from './meetings'
import { Rescheduling } from './newtime'
import { Link, OFFICE } from './place'
import { Sites } from './sites'

interface Props {
  id: string
  given?: OfficeMeeting | null
  /** With the dialog of another time open. */
  moves?: boolean
}

export function MeetingPage({ id, given = null, moves = false }: Props) {
  const { answer, problem } = useAnswer(() => ask(id), [id], given)
  const t = officeText.value
  const meeting = answer.value
  const openAddress = `${location.origin}/m/${id}`
  return (
    <>
      <Link to={OFFICE} class="button quiet return">
        <Icon of={ArrowLeft} />
        {t.meetings.title}
      </Link>
      <Refusal problem={problem.value} />
      {meeting === null ? (
        problem.value === null && <p class="loading">{t.loading}</p>
      ) : (
        <>
          <section class="card col">
            <div class="row">
              <StatePill state={meeting.state} />
              <span class="small soft">{t.kind[meeting.kind]}</span>
            </div>
            <Heading>{meeting.title}</Heading>
            <dl class="facts">
              <dt>{t.meeting.starts}</dt>
              <dd class="num">{dayAndTime(meeting.starts_at, language.value)}</dd>
              {meeting.place && (
                <>
                  <dt>{t.meeting.place}</dt>
                  <dd>{meeting.place}</dd>
                </>
              )}
              {meeting.body && (
                <>
                  <dt>{t.bodies.ofMeeting}</dt>
                  <dd>{meeting.body}</dd>
                </>
              )}
              <dt>{t.meeting.unit}</dt>
              <dd>{meeting.unit}</dd>
              <dt>{t.meeting.openAddress}</dt>
              <dd>
                <a href={openAddress}>{openAddress}</a>
              </dd>
            </dl>
            <Rescheduling
              meeting={meeting}
              onChange={(changed) => {
                answer.value = changed
              }}
              opened={moves}
            >
              <Link to={`${OFFICE}/hop/${id}/tuong-tu`} class="button">
                <Icon of={CopyPlus} />
                {repeatingText.value.open}
              </Link>
            </Rescheduling>
          </section>
          <Sites
            meeting={meeting}
            onChange={(changed) => {
              answer.value = changed
            }}
          />
          <Invited
            meeting={meeting}
            onChange={(changed) => {
              answer.value = changed
            }}
          />
        </>
      )}
    </>
  )
}
