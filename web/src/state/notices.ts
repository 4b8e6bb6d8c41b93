/** What an event means to the person at this screen, in one sentence. */
import type { Meeting, MeetingEvent } from '../gen/protocol'
import { dateOf, dayOf, hourOf } from './hours'
import { apply, dataOf, personOf } from './meeting'
import { paperOf } from './papers'
import { publishingRights } from './rights'
import type { Text } from './vi'
import { owesBallot, wordsOf } from './votes'

export interface Notice {
  text: string
  /** Interrupts a screen reader. */
  urgent: boolean
  /** Also appears on the screen; the others are only read aloud. */
  visible: boolean
}

export interface Reader {
  me: string
  leads: boolean
}

function notice(text: string, { urgent = false, visible = true } = {}): Notice {
  return { text, urgent, visible }
}

/** Who wrote it sees it in the list; all others are told. */
function agendaNotice(event: MeetingEvent, reader: Reader, what: string): Notice {
  return notice(what, { visible: event.actor !== reader.me })
}

/** The notice of `event`, given the meeting before it; null when nobody needs to be told. */
export function noticeOf(event: MeetingEvent, before: Meeting, reader: Reader, text: Text): Notice | null {
  const name = (id: string | null) => personOf(before, id)?.name ?? ''
  const isMine = (id: string) => id === reader.me
  const t = text.notice
  switch (event.name) {
    case 'state_changed': {
      const { from, to } = dataOf('state_changed', event)
      return notice(from === 'paused' && to === 'in_session' ? t.resumed : t.state[to], { urgent: true })
    }
    case 'rescheduled': {
      const { starts_at } = dataOf('rescheduled', event)
      return notice(t.rescheduled(`${hourOf(starts_at)} ${dateOf(dayOf(Date.parse(starts_at)))}`), {
        urgent: true,
      })
    }
    case 'hand_raised': {
      const { participant, kind } = dataOf('hand_raised', event)
      const asks = kind === 'question'
      if (isMine(participant)) return notice(asks ? t.questionAsked : t.handRaised, { visible: asks })
      const said = asks ? t.asksQuestion(name(participant)) : t.raisedHand(name(participant))
      return reader.leads ? notice(said) : null
    }
    case 'hand_lowered':
      return isMine(dataOf('hand_lowered', event).participant) ? notice(t.handLowered) : null
    case 'floor_given': {
      const { participant, kind } = dataOf('floor_given', event)
      const asks = kind === 'question'
      if (isMine(participant)) {
        return notice(asks ? t.yourQuestion : t.yourFloor, { urgent: true, visible: false })
      }
      return notice(asks ? t.mayQuestion(name(participant)) : t.hasFloor(name(participant)))
    }
    case 'floor_taken': {
      if (!isMine(dataOf('floor_taken', event).participant)) return null
      const isHeard = publishingRights(apply(before, event), reader.me).has('microphone')
      return notice(isHeard ? t.floorOver : t.floorOverMuted, { urgent: true })
    }
    case 'floor_mode_changed':
      return notice(dataOf('floor_mode_changed', event).mode === 'open' ? t.open : t.chaired)
    case 'muted':
      return isMine(dataOf('muted', event).participant) ? notice(t.muted, { urgent: true }) : null
    case 'unmuted':
      return isMine(dataOf('unmuted', event).participant) ? notice(t.unmuted) : null
    case 'all_muted':
      return notice(t.allMuted)
    case 'item_opened': {
      const opened = before.agenda.find((item) => item.id === dataOf('item_opened', event).item)
      return opened ? notice(t.item(opened.number, opened.title)) : null
    }
    case 'item_added':
    case 'item_changed':
    case 'item_moved': {
      const { item } = dataOf(event.name, event)
      if (item.late_change_at !== event.at) return null
      return agendaNotice(event, reader, t.agendaChanged[event.name](item.number, item.title))
    }
    case 'item_removed':
      if (before.state === 'draft') return null
      return agendaNotice(event, reader, t.agendaChanged.item_removed(dataOf('item_removed', event).title))
    case 'conclusion_written': {
      const { item } = dataOf('conclusion_written', event).conclusion
      const on = before.agenda.find((one) => one.id === item)
      return notice(t.concluded(on?.number ?? ''), { visible: event.actor !== reader.me })
    }
    case 'stage_pinned': {
      const { participant } = dataOf('stage_pinned', event)
      return participant === null ? null : notice(t.pinned(name(participant)), { visible: false })
    }
    case 'vote_opened': {
      const { vote } = dataOf('vote_opened', event)
      // Who votes has the ballot before them; it says the same.
      return notice(wordsOf(vote, text).notice.opened(vote.question), {
        urgent: true,
        visible: !owesBallot(vote, reader.me, null),
      })
    }
    case 'vote_closed':
      return notice(wordsOf(before.vote, text).notice.closed, { urgent: true })
    case 'vote_cancelled':
      return notice(wordsOf(before.vote, text).notice.cancelled, { urgent: true })
    case 'vote_published': {
      const { passed, elected } = dataOf('vote_published', event).result
      const question = before.vote?.question ?? ''
      const { notice: says } = wordsOf(before.vote, text)
      return notice(
        before.vote?.kind === 'election'
          ? says.elected(question, elected.length)
          : says.published(question, passed),
        { urgent: true },
      )
    }
    case 'version_converted': {
      const { title } = dataOf('version_converted', event).document
      return notice(t.paperConverted(title))
    }
    case 'version_failed':
      return notice(t.paperFailed(dataOf('version_failed', event).document.title), { urgent: true })
    case 'version_approved':
      return notice(t.paperNew(dataOf('version_approved', event).document.title))
    case 'readers_changed': {
      const change = dataOf('readers_changed', event)
      if (!('document' in change)) return null
      const { id, title } = change.document
      const isNew = !before.documents.some((paper) => paper.id === id)
      return isNew ? notice(t.paperNew(title)) : null
    }
    case 'page_shown': {
      const { shown } = dataOf('page_shown', event)
      const paper = paperOf(before, shown.version)
      if (before.shown?.version === shown.version || isMine(shown.participant) || paper === null) return null
      return notice(t.paperShown(name(shown.participant), paper.title))
    }
    case 'said': {
      const { participant, name: speaker } = dataOf('said', event)
      return isMine(participant) ? null : notice(t.said(speaker), { visible: false })
    }
    default:
      return null
  }
}
