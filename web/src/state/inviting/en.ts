/** Texts for those who invite, in English. */
import type { InvitingText } from './vi'

export const en: InvitingText = {
  title: 'Invitations and answers',
  loading: 'Loading the list…',
  letter: 'The letter (form 1.7)',
  words: {
    number: 'Number',
    above: 'Body above',
    body: 'Inviting body',
    town: 'Place of signature',
    dated: 'Date',
    note: 'Please note',
    powers: 'Signs on behalf of',
    signer_title: 'Position of who signs',
    signer: 'Name of who signs',
  },
  numberHint: 'For example 05/GM-MTTQ-BTT. Empty when the number is written by hand.',
  missing: (field) => `Please fill in: ${field}.`,
  save: 'Save the letter',
  saved: 'The letter is saved.',
  goOut: 'Send the invitations',
  goOutLead: (mails) =>
    mails === 0
      ? 'There is no e-mail address yet: print the letters, or hand the PDF to each delegate.'
      : `${mails} letters are sent by e-mail. After that the letter cannot be changed.`,
  waitsForApproval: 'The invitations can go out once the meeting is approved.',
  noServer: 'No mail server is configured: mail waits until there is one.',
  remind: 'Remind those who have not answered',
  reminded: 'The reminders are waiting to be sent.',
  guests: (count) => `Guests · ${count}`,
  answer: {
    pending: 'No answer',
    accepted: 'Comes',
    declined: 'Excused',
    substituted: 'Sends somebody else',
  },
  mail: { waiting: 'Mail is waiting', sent: 'Mail was sent', refused: 'Mail was refused' },
  email: (name) => `E-mail of ${name}`,
  emailShort: 'E-mail',
  paper: 'Letter (PDF)',
  paperLong: (name) => `Letter of ${name} (PDF)`,
  comes: 'Comes',
  comesLong: (name) => `Comes (${name})`,
  absent: 'Is absent',
  absentLong: (name) => `Is absent (${name})`,
  onBehalf: 'As the delegate told us',
}
