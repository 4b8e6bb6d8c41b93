/** Texts of giving a meeting another time, in English. */
import type { ReschedulingText } from './vi'

export const en: ReschedulingText = {
  title: 'Another time',
  open: 'Change the time',
  postponed:
    'The meeting is postponed. Choose a new time; if the invitations are out, those invited are told.',
  time: 'Beginning (time in Vietnam)',
  place: 'Place (may be left empty)',
  told: 'The invitations are out: everybody with an e-mail address is told the new time, with a calendar file, and all are asked again whether they come. Earlier answers count no more.',
  untold: 'The invitations are not out yet: only the time of the meeting changes, and nobody is written to.',
  agenda: 'Planned times in the agenda move along.',
  fault: {
    none: 'Choose the day and the hour.',
    past: 'This time has passed. Choose one that is still to come.',
    same: 'Neither time nor place has changed.',
  },
  send: 'Save the new time',
  sendAndTell: 'Save and tell those invited',
  sending: 'Saving…',
  done: 'The meeting has another time.',
}
