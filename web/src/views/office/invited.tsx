/** Who is invited to a meeting: by role, with the state of their links; inviting, taking off the list, links. */
import { useSignal } from '@preact/signals'
import { FileSpreadsheet, KeyRound, Link2, MonitorOff, Send, UserMinus, UserPlus } from 'lucide'
import type { IssuedLink, OfficeInvited, OfficeMeeting } from '../../gen/protocol'
import { convene } from '../../protocol/bodies'
import { meeting as askMeeting, issueLinks, signOutOfHall, uninvite } from '../../protocol/office'
import { numeral, text } from '../../state/i18n'
import { invitingText } from '../../state/inviting/i18n'
import { byGivenName } from '../../state/names'
import { officeText } from '../../state/office/i18n'
import { Face } from '../parts/face'
import { Icon } from '../parts/icon'
import { Question } from '../parts/modal'
import { useChange } from './asking'
import { AnswerPill, lettersAreOut, Reached, Resend, ResendFailed } from './delivery'
import { Refusal } from './fields'
import { Links } from './links'
import { Pick } from './pick'
import { Link, OFFICE } from './place'

interface Props {
  meeting: OfficeMeeting
  onChange: (meeting: OfficeMeeting) => void
}

type Asking = { what: 'pick' } | { what: 'uninvite' | 'link' | 'device' | 'resend'; whom: OfficeInvited }

const ROLES = ['chair', 'secretary', 'delegate', 'guest', 'site_operator', 'big_screen'] as const
const OVER = ['closed', 'cancelled']

export function Invited({ meeting, onChange }: Props) {
  const asking = useSignal<Asking | null>(null)
  const issued = useSignal<readonly IssuedLink[] | null>(null)
  const { make, isSending, problem } = useChange()
  const t = officeText.value.meeting
  const { invited } = meeting
  const isOver = OVER.includes(meeting.state)
  const without = invited.filter((one) => one.link === 'none').map((one) => one.id)
  const siteOf = (one: OfficeInvited) => meeting.sites.find((site) => site.id === one.site)?.name ?? ''
  const isOut = lettersAreOut(meeting)
  const isInvited = (one: OfficeInvited) => isOut && one.role !== 'site_operator' && one.role !== 'big_screen'
  const close = () => {
    asking.value = null
  }

  async function takeOff(whom: OfficeInvited) {
    close()
    const content = { participant: whom.id }
    const changed = await make((keyFor) => uninvite(meeting.id, { ...content, key: keyFor(content) }))
    if (changed) onChange(changed)
  }

  async function signOut(whom: OfficeInvited) {
    close()
    const content = { participant: whom.id, device: 'out' }
    const changed = await make((keyFor) =>
      signOutOfHall(meeting.id, { participant: whom.id, key: keyFor(content) }),
    )
    if (changed) onChange(changed)
  }

  async function conveneAll() {
    const content = { convene: meeting.id, missing: meeting.missing }
    const changed = await make((keyFor) => convene(meeting.id, { key: keyFor(content) }))
    if (changed) onChange(changed)
  }

  async function issue(participants: readonly string[]) {
    close()
    const content = { participants }
    const links = await make((keyFor) => issueLinks(meeting.id, { ...content, key: keyFor(content) }))
    if (links === null) return
    issued.value = links.links
    const changed = await make(() => askMeeting(meeting.id))
    if (changed) onChange(changed)
  }

  return (
    <section class="card col">
      <div class="head">
        <h2>
          {t.invited} <span class="soft num">· {t.count(invited.length)}</span>
        </h2>
        {!isOver && (
          <div class="row wrap">
            {meeting.missing > 0 && (
              <button type="button" disabled={isSending.value} onClick={() => void conveneAll()}>
                <Icon of={UserPlus} />
                {officeText.value.bodies.convene(meeting.missing)}
              </button>
            )}
            <Link to={`${OFFICE}/hop/${meeting.id}/nhap`} class="button">
              <Icon of={FileSpreadsheet} />
              {officeText.value.people.roster}
            </Link>
            <button
              type="button"
              disabled={isSending.value}
              onClick={() => {
                asking.value = { what: 'pick' }
              }}
            >
              <Icon of={UserPlus} />
              {t.invite}
            </button>
            {without.length > 0 && (
              <button
                type="button"
                class="primary"
                disabled={isSending.value}
                onClick={() => void issue(without)}
              >
                <Icon of={Link2} />
                {t.issue}
              </button>
            )}
          </div>
        )}
      </div>
      <Refusal problem={problem.value} />
      <ResendFailed meeting={meeting} onChange={onChange} />
      {invited.length === 0 ? (
        <p class="soft">{t.none}</p>
      ) : (
        !invited.some((one) => one.role === 'chair') && <p class="warning">{t.noChair}</p>
      )}
      {ROLES.map((role) => {
        const these = invited.filter((one) => one.role === role).sort((a, b) => byGivenName(a.name, b.name))
        return (
          these.length > 0 && (
            <div key={role}>
              <h3 class="small soft">
                {text.value.role[role]} <span class="num">· {numeral(these.length)}</span>
              </h3>
              <ul class="rows">
                {these.map((one) => (
                  <li key={one.id}>
                    <Face name={one.name} role={one.role} />
                    <div class="grow">
                      <b>{one.name}</b>
                      <div class="small soft">
                        {[one.title, one.unit, one.role === 'site_operator' ? '' : siteOf(one)]
                          .filter(Boolean)
                          .join(' · ')}
                      </div>
                      <Reached one={one} />
                    </div>
                    {isInvited(one) && <AnswerPill one={one} />}
                    <span class={`pill ${one.link === 'used' ? 'ok' : ''}`}>{t.link[one.link]}</span>
                    {!isOver && (
                      <span class="row tight">
                        {isInvited(one) && (
                          <button
                            type="button"
                            class="quiet"
                            aria-label={invitingText.value.resendLong(one.name)}
                            title={invitingText.value.resend}
                            onClick={() => {
                              asking.value = { what: 'resend', whom: one }
                            }}
                          >
                            <Icon of={Send} />
                          </button>
                        )}
                        {one.link !== 'none' && (
                          <button
                            type="button"
                            class="quiet"
                            aria-label={t.issueOne(one.name)}
                            title={t.issueOneShort}
                            onClick={() => {
                              asking.value = { what: 'link', whom: one }
                            }}
                          >
                            <Icon of={KeyRound} />
                          </button>
                        )}
                        {one.link === 'used' && (
                          <button
                            type="button"
                            class="quiet"
                            aria-label={t.signOut(one.name)}
                            title={t.signOutShort}
                            onClick={() => {
                              asking.value = { what: 'device', whom: one }
                            }}
                          >
                            <Icon of={MonitorOff} />
                          </button>
                        )}
                        {one.role !== 'chair' && one.role !== 'site_operator' && (
                          <button
                            type="button"
                            class="quiet"
                            aria-label={t.uninvite(one.name)}
                            title={t.uninviteShort}
                            onClick={() => {
                              asking.value = { what: 'uninvite', whom: one }
                            }}
                          >
                            <Icon of={UserMinus} />
                          </button>
                        )}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </div>
          )
        )
      })}
      {asking.value?.what === 'pick' && <Pick meeting={meeting} onInvited={onChange} onClose={close} />}
      {asking.value?.what === 'resend' && (
        <Resend meeting={meeting} whom={asking.value.whom} onChange={onChange} onClose={close} />
      )}
      {asking.value?.what === 'uninvite' && (
        <Question
          title={t.uninviteTitle}
          lead={t.uninviteLead(asking.value.whom.name)}
          yes={t.uninviteShort}
          no={officeText.value.cancel}
          onYes={() => asking.value?.what === 'uninvite' && void takeOff(asking.value.whom)}
          onClose={close}
        />
      )}
      {asking.value?.what === 'device' && (
        <Question
          title={t.signOutTitle}
          lead={t.signOutLead(asking.value.whom.name)}
          yes={t.signOutShort}
          no={officeText.value.cancel}
          onYes={() => asking.value?.what === 'device' && void signOut(asking.value.whom)}
          onClose={close}
        />
      )}
      {asking.value?.what === 'link' && (
        <Question
          title={t.issueAgain}
          lead={t.issueAgainLead(asking.value.whom.name)}
          yes={t.issueOneShort}
          no={officeText.value.cancel}
          onYes={() => asking.value?.what === 'link' && void issue([asking.value.whom.id])}
          onClose={close}
        />
      )}
      {issued.value !== null && (
        <Links
          links={issued.value}
          people={invited}
          onClose={() => {
            issued.value = null
          }}
        />
      )}
    </section>
  )
}
