/** A body: its rules, and its members, who are taken in and let go. */
import { useSignal } from '@preact/signals'
import { ArrowLeft, FileSpreadsheet, Pencil, UserMinus, UserPlus } from 'lucide'
import type { OfficeBodyCard, OfficeMe, OfficeMember } from '../../../gen/protocol'
import { body as ask } from '../../../protocol/bodies'
import { numeral } from '../../../state/i18n'
import { officeText } from '../../../state/office/i18n'
import { Face } from '../../parts/face'
import { Heading } from '../../parts/heading'
import { Icon } from '../../parts/icon'
import { useAnswer } from '../asking'
import { Refusal } from '../fields'
import { Link, OFFICE } from '../place'
import { BodyForm } from './form'
import { EndMembership, NewMembers } from './members'

interface Props {
  id: string
  me: OfficeMe
  given?: OfficeBodyCard | null
  doing?: 'change' | 'add' | null
}

export function BodyPage({ id, me, given = null, doing = null }: Props) {
  const { answer, problem } = useAnswer(() => ask(id), [id], given)
  const asking = useSignal<'change' | 'add' | OfficeMember | null>(doing)
  const t = officeText.value.bodies
  const card = answer.value
  const shared = {
    onChange: (changed: OfficeBodyCard) => {
      answer.value = changed
    },
    onClose: () => {
      asking.value = null
    },
  }
  const back = (
    <Link to={`${OFFICE}/co-quan`} class="button quiet return">
      <Icon of={ArrowLeft} />
      {t.title}
    </Link>
  )
  if (card === null) {
    return (
      <>
        {back}
        <Refusal problem={problem.value} />
        {problem.value === null && <p class="loading">{officeText.value.loading}</p>}
      </>
    )
  }
  const { body, members } = card
  const mayChange = me.may.includes('change_bodies') && !body.is_closed
  const doingNow = asking.value
  return (
    <>
      {back}
      <section class="card col">
        <div class="row">
          <span class="pill">{body.is_closed ? t.closed : t.kind[body.kind]}</span>
          <span class="small soft">{body.term}</span>
        </div>
        <div class="head">
          <Heading>{body.name}</Heading>
          {mayChange && (
            <button
              type="button"
              onClick={() => {
                asking.value = 'change'
              }}
            >
              <Icon of={Pencil} />
              {t.change}
            </button>
          )}
        </div>
        <dl class="facts">
          <dt>{t.unit}</dt>
          <dd>{body.unit_name}</dd>
          <dt>{t.quorum}</dt>
          <dd>
            {t.share[body.quorum]} {t.base.all_members}
          </dd>
          <dt>{t.rule}</dt>
          <dd>
            {t.share[body.rule]} {t.base[body.base]}
          </dd>
          <dt>{t.basis}</dt>
          <dd>{body.basis || body.source}</dd>
        </dl>
      </section>
      <section class="card col">
        <div class="head">
          <h2>
            {t.members} <span class="soft num">· {numeral(members.length)}</span>
          </h2>
          {mayChange && (
            <Link to={`${OFFICE}/co-quan/${body.id}/nhap`} class="button">
              <Icon of={FileSpreadsheet} />
              {officeText.value.people.roster}
            </Link>
          )}
          {mayChange && (
            <button
              type="button"
              class="primary"
              onClick={() => {
                asking.value = 'add'
              }}
            >
              <Icon of={UserPlus} />
              {t.addMembers}
            </button>
          )}
        </div>
        {members.length === 0 && <p class="soft">{t.noMembers}</p>}
        <ul class="rows">
          {members.map((member) => (
            <li key={member.id}>
              <Face name={member.name} />
              <div class="grow">
                <b>{member.name}</b>
                <div class="small soft num">
                  {[t.position[member.position], member.title, t.since(dayOf(member.joined_on))]
                    .filter(Boolean)
                    .join(' · ')}
                </div>
              </div>
              {mayChange && (
                <button
                  type="button"
                  class="quiet tight"
                  aria-label={t.end(member.name)}
                  onClick={() => {
                    asking.value = member
                  }}
                >
                  <Icon of={UserMinus} />
                </button>
              )}
            </li>
          ))}
        </ul>
      </section>
      {doingNow === 'change' && <BodyForm body={body} {...shared} />}
      {doingNow === 'add' && <NewMembers card={card} {...shared} />}
      {doingNow !== null && typeof doingNow !== 'string' && (
        <EndMembership body={body.id} member={doingNow} {...shared} />
      )}
    </>
  )
}

/** "2026-11-22" as 22/11/2026. */
function dayOf(date: string): string {
  return date.split('-').reverse().join('/')
}
