/** The texts of the office in English; a missing one does not compile. */
import { bodies } from './bodies/en'
import type { OfficeText } from './vi'

export const en: OfficeText = {
  bodies,
  name: 'Office',
  loading: 'Loading…',
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  back: 'Back',
  more: 'Show more',
  add: 'Add',
  noUnit: 'Choose a unit',
  saved: 'Saved.',
  theirs: 'What somebody else has just saved:',

  officerRole: {
    system_admin: 'System administrator',
    unit_admin: 'Unit administrator',
    clerk: 'Clerk',
  },

  kind: {
    conference: 'Conference',
    standing_committee: 'Meeting of the Standing Committee',
    supervision: 'Supervision',
    critique: 'Social critique',
    consultation: 'Consultation',
  },

  nav: {
    label: 'Office',
    meetings: 'Meetings',
    consultations: 'Consultations',
    surveys: 'Surveys',
    people: 'People',
    bodies: 'Bodies',
    units: 'Units',
    own: 'Account',
    more: 'More',
    signOut: 'Sign out',
  },

  signIn: {
    title: 'Sign in to the office',
    lead: 'For those who prepare meetings. Delegates enter with the link in their invitation and need no account.',
    login: 'User name',
    password: 'Password',
    send: 'Sign in',
    sending: 'Signing in…',
    missing: 'Please enter your user name and password.',
    with: (name) => `Sign in with ${name}`,
    failed: {
      oidc_failed:
        "The organisation's sign-in did not confirm this. Try again; if that fails, use your password.",
      oidc_unknown:
        'This identity belongs to no account. Ask the administrator of your unit to open one with your e-mail address.',
    },
    forgotten: 'Forgot your password? Ask the administrator of your unit.',
  },

  meetings: {
    title: 'Meetings',
    none: 'There are no meetings yet. Create the first one.',
    create: 'New meeting',
    count: (people) =>
      people === 0 ? 'Nobody invited yet' : people === 1 ? '1 person invited' : `${people} people invited`,
  },

  newMeeting: {
    title: 'New meeting',
    lead: 'The meeting begins as a draft. Then invite the chair, the secretary and the delegates.',
    name: 'Title of the meeting',
    unit: 'Held by',
    kind: 'Kind of meeting',
    place: 'Place (may be left empty)',
    time: 'Begins at (time of Vietnam)',
    fault: {
      title: 'Please write the title of the meeting.',
      unit: 'Please choose the unit that holds it.',
      time: 'Please choose the day and the time.',
    },
  },

  meeting: {
    starts: 'Begins',
    place: 'Place',
    unit: 'Held by',
    openAddress: 'Open address for guests',
    invited: 'Participants',
    count: (people) => (people === 1 ? '1 person' : `${people} people`),
    none: 'Nobody is invited yet. Begin with the chair, who opens the check-in and leads the meeting.',
    noChair: 'There is no chair. Without a chair nobody can open the meeting.',
    invite: 'Invite from the list of people',
    issue: 'Issue links',
    issueOne: (name) => `Issue a new link for ${name}`,
    issueOneShort: 'New link',
    issueAgain: 'Issue a new link?',
    issueAgainLead: (name) =>
      `The present link of ${name} will no longer work. Send the new one in its place.`,
    signOut: (name) => `Sign out the device of ${name}`,
    signOutShort: 'Sign out the device',
    signOutTitle: 'Sign out the device?',
    signOutLead: (name) =>
      `The device of ${name} leaves the meeting at once. To come back takes a new link, or the chair's admission.`,
    uninvite: (name) => `Take ${name} off the list`,
    uninviteShort: 'Take off the list',
    uninviteTitle: 'Take off the list?',
    uninviteLead: (name) => `${name} will not be able to enter with the link they have.`,
    link: { none: 'No link yet', issued: 'Link issued', used: 'Has entered' },
    allHaveLinks: 'Everybody has a link',
  },

  sites: {
    title: 'Sites',
    lead: 'Each site has one connection (screen, camera, microphone) that bears its name; delegates check in there. The connection is among the invited: issue a link for each site.',
    add: 'Add a site',
    name: 'Name of the site',
    nameMissing: 'Please write the name of the site.',
    unit: 'Unit (optional)',
    capacity: 'Seats (optional)',
    seats: (seats) => `${seats} seats`,
    placed: (people) => `${people} delegates`,
    chosenOf: (people, seats) => `${people} delegates, the room has ${seats} seats`,
    byUnit: (people) => `Place by unit · ${people}`,
    fill: 'Place delegates',
    fillLong: (site) => `Place delegates · ${site}`,
    changeLong: (site) => `Change ${site}`,
    remove: 'Take the site off',
    removeLong: (site) => `Take off ${site}`,
    removeLead: 'Its connection leaves the meeting; delegates placed there are placed nowhere again.',
    search: 'Search by name, position, unit',
    save: 'Save',
  },

  pick: {
    title: 'Invite from the list of people',
    role: 'Role in the meeting',
    search: 'Search by name or position',
    none: 'Nobody fits.',
    already: 'invited',
    chosen: (people) =>
      people === 0 ? 'Nobody chosen' : people === 1 ? '1 person chosen' : `${people} chosen`,
    tooMany: 'There are more. Type on to narrow them down.',
    send: 'Invite',
  },

  links: {
    title: 'Personal links',
    lead: 'Each link opens the meeting on one device and is shown only this once. Copy them and send each to its owner.',
    copyAll: 'Copy all',
    copied: 'Copied',
    done: 'Done',
  },

  units: {
    title: 'Units',
    add: 'Add a unit',
    change: (name) => `Change ${name}`,
    name: 'Name of the unit',
    nameMissing: 'Please write the name of the unit.',
    parent: 'Belongs to',
    top: 'No other unit',
    levelLabel: 'Level',
    level: {
      central: 'Central',
      province: 'Province',
      district: 'District (before July 2025)',
      commune: 'Commune',
      hamlet: 'Residential area',
      body: 'Department or body',
    },
    close: 'Close the unit',
    closed: 'Closed',
    closeTitle: (name) => `Close ${name}?`,
    closeLead: 'The unit will hold no new meetings. Earlier meetings stay as they are.',
  },

  own: {
    title: 'My account',
    browsers: 'Signed in at',
    password: 'Change the password',
    old: 'Present password',
    fresh: 'New password',
    rule: 'At least 12 characters; a long sentence is easiest to remember. Other browsers are then signed out.',
    change: 'Change the password',
    missing: 'Please enter the present and the new password.',
    done: 'The password was changed.',
  },

  browsers: {
    none: 'Signed in nowhere.',
    opened: 'Signed in',
    seen: 'last used',
    here: 'Here',
    end: 'Sign out',
  },

  accounts: {
    title: 'Account',
    none: 'This person has no account. Delegates need none to take part.',
    password: 'Password (at least 12 characters)',
    role: 'Role',
    open: 'Open an account',
    close: 'Lock the account',
    closeTitle: (login) => `Lock the account ${login}?`,
    closeLead: 'Whoever uses it is signed out everywhere, and cannot sign in until it is opened again.',
    closed: 'Locked',
    reopen: 'Open it again',
    elsewhere: 'Roles at other units',
    giveUnit: 'Unit',
    give: 'Give the role',
    end: 'End',
    endAt: (unit: string) => `End the role at ${unit}`,
    reset: 'Another password (at least 12 characters)',
    resetSend: 'Set it',
  },

  roster: {
    title: 'People from Excel',
    lead: 'An .xlsx file with the columns Họ và tên, Chức vụ, Đơn vị (name, position, unit). Every line is checked first; nothing is added before you confirm.',
    template: 'Get the template',
    file: 'Choose the Excel file',
    would: (people) => (people === 1 ? '1 person would be added' : `${people} people would be added`),
    taken: (people) => (people === 1 ? '1 person was added' : `${people} people were added`),
    known: (people) => `${people} are there already and not added again.`,
    rejected: (lines) => `Lines not taken: ${lines}. Correct them and send them again.`,
    line: (number) => `Line ${number}`,
    reason: {
      formula: 'A cell holds a formula; put its value there.',
      name: 'The name is empty, too long, or has odd characters.',
      title: 'The position is too long or has odd characters.',
      unit_missing: 'The unit is empty or too long.',
      unit_unknown: 'There is no unit of this name in your reach.',
      unit_ambiguous: 'Several units have this name.',
      twice: 'The same as a line above.',
    },
    download: 'Get the lines that were not taken (Excel)',
    take: (people) => (people === 1 ? 'Add 1 person' : `Add ${people} people`),
  },

  people: {
    title: 'People',
    search: 'Search by name or position',
    unit: 'Unit',
    allUnits: 'All units',
    none: 'Nobody fits.',
    add: 'Add a person',
    roster: 'From Excel',
    addTitle: 'Add a person',
    name: 'Full name',
    position: 'Position',
    count: (people, more) =>
      more
        ? `The first ${people}; type on to narrow them down`
        : people === 1
          ? '1 person'
          : `${people} people`,
    added: (name) => `${name} was added.`,
    fault: { name: 'Please write the full name.', unit: 'Please choose a unit.' },
  },
}
