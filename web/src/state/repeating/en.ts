/** Texts of making meetings from an earlier one, in English. */
import { counted } from '../numbers'
import type { RepeatingText } from './vi'

export const en: RepeatingText = {
  open: 'Make one like this',
  title: 'From an earlier meeting',
  lead: 'Taken over: kind, unit, agenda with its time budgets, people and roles, sites, reminders. Not taken over: papers, answers, links, votes, conclusions.',
  name: 'Title',
  time: 'First beginning (time in Vietnam)',
  place: 'Place (may be left empty)',
  rhythmLabel: 'Repeat',
  rhythm: {
    once: 'Once',
    weekly: 'Every week',
    monthly_day: 'Every month, on the same day',
    monthly_weekday: 'Every month, on the same weekday',
  },
  count: 'Number of meetings (24 at most)',
  days: 'Days',
  daysLead:
    'Leave out days without a meeting, such as holidays. Each day is a draft of its own; nobody is invited yet.',
  dated: (title, day) => `${title}, ${day}`,
  fault: {
    name: 'Write the title.',
    time: 'Choose the day and the hour.',
    past: 'This time has passed. Choose one that is still to come.',
    count: 'Write a number from 1 to 24.',
    none: 'Choose at least one day.',
  },
  send: (meetings) => (meetings === 1 ? 'Create the meeting' : `Create ${meetings} meetings`),
  made: (made, all) => `${made} of ${counted(all, 'meeting', 'meetings')} created`,
  stopped: 'Press again to go on; no meeting is created twice.',
}
