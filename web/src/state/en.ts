/** The same texts in English; a missing one does not compile. */
import type { Text } from './vi'

export const en: Text = {
  product: 'Hội trường',
  organisation: 'Vietnam Fatherland Front',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  loading: 'Opening the hall…',
  demo: 'Demonstration: the people and matters here are made up.',
  demoShort: 'Demo',
  otherLanguage: 'Tiếng Việt',

  role: {
    chair: 'Chair',
    secretary: 'Secretary',
    delegate: 'Delegate',
    guest: 'Guest',
    big_screen: 'Hall screen',
  },

  meetingState: {
    draft: 'Not open yet',
    check_in: 'Check-in',
    in_session: 'In session',
    paused: 'Break',
    closed: 'Closed',
    cancelled: 'Cancelled',
  },

  start: {
    title: 'Online assembly hall',
    lead: 'Open the link in your invitation to enter the meeting.',
    noLink: 'No link? Please contact the secretary of the meeting.',
    demoTitle: 'Demonstration meeting',
    demoLead: 'Choose a role to enter. Open another role in a new window to see more than one side.',
  },

  enter: {
    trying: 'Checking your invitation…',
    again: 'Ask to enter with this device',
    unanswered: {
      unreachable: {
        what: 'The meeting server cannot be reached.',
        todo: 'Check your Wi-Fi or mobile data and try again.',
      },
      nowhere: { what: 'There is no such page.', todo: 'Open the link in your invitation again.' },
    },
    otherProblem: {
      what: 'The meeting server could not answer.',
      todo: 'Please try again; if it still fails, contact the secretary of the meeting.',
    },
  },

  knock: {
    lead: 'No personal link? Give your name and unit and the chair or the secretary will let you in.',
    name: 'Full name',
    unit: 'Unit',
    send: 'Ask to enter',
    sending: 'Sending…',
    nameMissing: 'Please give your full name.',
  },

  lobby: {
    title: 'Waiting for the chair or the secretary to let you in',
    lead: 'The chair and the secretary have been told. This page goes on by itself; there is nothing to press.',
    leave: 'Stop waiting',
  },

  check: {
    title: 'Device check',
    greeting: (name) => `Welcome, ${name}`,
    microphone: 'Microphone',
    camera: 'Camera',
    microphoneOn: 'Microphone on',
    cameraOn: 'Camera on',
    askCamera: 'Asking for the camera…',
    askMicrophone: 'Asking for the microphone…',
    speak: 'Say a few words: the green bar should follow your voice.',
    heard: 'The microphone hears you well.',
    silent: 'Nothing heard yet. Check the switch on the microphone or choose another one.',
    level: 'Sound level',
    saving: 'Connection',
    enter: 'Enter the hall',
    listen: 'Enter to listen and watch only',
    listenOnly: 'You can still enter to listen, watch and follow the agenda.',
  },

  saving: { all: 'All pictures', speaker: 'Speaker only', voices: 'Sound only' },

  refusal: {
    microphone: {
      blocked: {
        what: 'The browser blocks the microphone for this page.',
        todo: 'Press the lock beside the address, allow the microphone, then try again.',
      },
      blocked_by_system: {
        what: 'The system does not let the browser use the microphone.',
        todo: 'In the system settings, under Privacy, let the browser use the microphone, then try again.',
      },
      dismissed: {
        what: 'Nothing was chosen for the microphone.',
        todo: 'Try again, then choose Allow when the browser asks.',
      },
      missing: {
        what: 'No microphone was found.',
        todo: 'Plug in a microphone or a headset, then try again.',
      },
      busy: {
        what: 'Another application uses the microphone.',
        todo: 'Close Zalo, Zoom or whatever uses it, then try again.',
      },
      unsuitable: { what: 'The chosen microphone cannot be used.', todo: 'Choose another microphone.' },
      forbidden: {
        what: 'This device does not let web pages use the microphone.',
        todo: 'Ask its administrator, or use another device.',
      },
      unknown: {
        what: 'The microphone could not be opened.',
        todo: 'Restart the browser and try again.',
      },
    },
    camera: {
      blocked: {
        what: 'The browser blocks the camera for this page.',
        todo: 'Press the lock beside the address, allow the camera, then try again.',
      },
      blocked_by_system: {
        what: 'The system does not let the browser use the camera.',
        todo: 'In the system settings, under Privacy, let the browser use the camera, then try again.',
      },
      dismissed: {
        what: 'Nothing was chosen for the camera.',
        todo: 'Try again, then choose Allow when the browser asks.',
      },
      missing: {
        what: 'No camera was found.',
        todo: 'Plug in a camera and try again. You can attend without one.',
      },
      busy: {
        what: 'Another application uses the camera.',
        todo: 'Close Zalo, Zoom or whatever uses it, then try again.',
      },
      unsuitable: { what: 'The chosen camera cannot be used.', todo: 'Choose another camera.' },
      forbidden: {
        what: 'This device does not let web pages use the camera.',
        todo: 'Ask its administrator, or use another device.',
      },
      unknown: { what: 'The camera could not be opened.', todo: 'Restart the browser and try again.' },
    },
    screen: {
      blocked: { what: 'Nothing is shared.', todo: 'Press Share again and choose a window.' },
      blocked_by_system: {
        what: 'The system does not let the browser record the screen.',
        todo: 'In the system settings, under Privacy, let the browser record the screen.',
      },
      dismissed: { what: 'Nothing is shared.', todo: 'Press Share again and choose a window.' },
      missing: {
        what: 'This browser cannot share a screen.',
        todo: 'Use a computer with Chrome, Edge or Firefox.',
      },
      busy: {
        what: 'The screen could not be recorded.',
        todo: 'Close other applications that record it, then try again.',
      },
      unsuitable: { what: 'This window cannot be recorded.', todo: 'Choose another window.' },
      forbidden: { what: 'This device does not allow recording the screen.', todo: 'Use another device.' },
      unknown: { what: 'The screen could not be shared.', todo: 'Please try again.' },
    },
    page: {
      no_webrtc: {
        what: 'This browser cannot take part in online meetings.',
        todo: 'Open the link in a recent Chrome, Edge, Firefox or Safari.',
      },
      insecure: {
        what: 'This address is not secure, so the browser gives no microphone or camera.',
        todo: 'Open it again with an address that begins with https://',
      },
      in_app: {
        what: 'The browser inside an app (Zalo, Facebook…) cannot use the microphone or camera.',
        todo: 'Open it in Chrome or Safari: press the three dots in the corner, choose Open in browser.',
      },
    },
  },

  hall: {
    stage: 'Main picture',
    tiles: 'Delegates and sites',
    you: 'You',
    yourPicture: 'Your picture',
    speaking: 'speaking',
    hasFloor: 'Has the floor',
    chairPinned: 'Shown to everybody',
    ownPinned: 'Pinned by you',
    sharing: (name) => `${name}'s screen`,
    nobody: 'Nobody to see yet. You are the first.',
    paused: 'The meeting has a break',
    pausedLead: 'The chair will call you back. You can leave this page as it is.',
    noPictureLine: 'Picture off: weak connection',
    previousPage: 'Previous page',
    nextPage: 'Next page',
    page: (page, pages) => `Page ${page} of ${pages}`,
    asGrid: 'View as a grid',
    asStage: 'View the speaker',
    present: (present, all) => `${present}/${all} present`,
    item: (number, title) => `Item ${number} · ${title}`,
    noItem: 'No agenda item is open yet',
    left: (digits) => `${digits} left`,
    over: (digits) => `${digits} over`,
    controls: 'Controls',
    tabs: 'Side panel',
    tab: { picture: 'Picture', steer: 'Chairing', agenda: 'Agenda', people: 'People', chat: 'Chat' },
    unread: (count) => `${count} unread`,
  },

  bar: {
    mute: 'Mute',
    unmute: 'Unmute',
    microphoneWaits: 'Mic on invitation',
    microphoneWaitsShort: 'Mic waits',
    microphoneWhy: 'Your microphone opens when the chair gives you the floor. Raise your hand to ask for it.',
    stopCamera: 'Camera off',
    startCamera: 'Camera on',
    raise: 'Raise hand',
    queued: (place) => `No. ${place}`,
    queuedLong: (place) => `Waiting to speak, no. ${place}. Press to lower your hand.`,
    finish: 'End my speech',
    finishShort: 'Finish',
    share: 'Share',
    stopShare: 'Stop sharing',
    more: 'More',
    leave: 'Leave',
    leaveShort: 'Leave',
  },

  leave: {
    title: 'Leave the meeting?',
    lead: 'You can come back with the link in your invitation until the meeting is closed.',
    confirm: 'Leave the meeting',
  },

  invited: {
    title: 'You have the floor',
    lead: 'Everybody hears you as soon as your microphone is on.',
    accept: 'Unmute and speak',
    later: 'Not yet',
  },

  settings: {
    title: 'Options',
    saving: 'Connection mode',
    theme: 'Appearance',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    shortcuts: 'Keyboard',
    shortcutList: [
      ['Ctrl + D', 'Microphone'],
      ['Ctrl + E', 'Camera'],
      ['Ctrl + Shift + H', 'Hand'],
    ],
  },

  quality: {
    good: 'Good connection',
    fair: 'Fair connection',
    poor: 'Weak connection',
    lost: 'Connection lost',
  },

  banner: {
    unlinked: 'No contact with the server, reconnecting. You still hear; what you press is sent afterwards.',
    cutOff: 'Disconnected, reconnecting. There is nothing to press.',
    connecting: 'Connecting sound and picture…',
    media: 'Reconnecting sound and picture…',
    sound: 'Touch to turn the sound on',
    poor: 'Weak connection. Fewer pictures, clearer sound?',
    poorDo: 'Speaker only',
    savingSpeaker: "Saving mode: delegates' pictures are off, the speaker stays.",
    savingVoices: "Sound only: everybody's pictures are off.",
    back: 'Pictures back on',
  },

  agenda: {
    title: 'Agenda',
    budget: (minutes) => `${minutes} min`,
    open: 'Open item',
    close: 'Close item',
    done: 'Done',
    current: 'Now',
    empty: 'There is no agenda yet.',
  },

  queue: {
    title: (count) => `Asked to speak · ${count}`,
    empty: 'Nobody has asked to speak.',
    give: 'Invite',
    giveLong: (name) => `Invite ${name} to speak`,
    drop: 'Drop',
    dropLong: (name) => `Drop the request of ${name}`,
    holder: 'Has the floor',
    take: 'End',
    takeLong: (name) => `End the speech of ${name}`,
    free: 'Nobody has the floor',
  },

  steer: {
    title: 'Chairing',
    openCheckIn: 'Open the check-in',
    begin: 'Begin the meeting',
    pause: 'Break',
    resume: 'Go on',
    close: 'Close the meeting',
    closeTitle: 'Close the meeting?',
    closeLead: 'Everybody leaves the room and cannot come back.',
    muteAll: 'Mute everybody',
    mode: 'Speaking mode',
    chaired: 'By invitation',
    open: 'Everybody',
  },

  people: {
    search: 'Find by name or unit',
    count: (found, all) => (found === all ? `${all} people` : `${found} of ${all} people`),
    none: 'Nobody matches.',
    online: 'Connected',
    offline: 'Not here',
    muted: 'Muted',
    hand: 'Hand raised',
    microphone: 'Microphone on',
    camera: 'Camera on',
  },

  person: {
    give: 'Give the floor',
    take: 'End the speech',
    mute: 'Mute',
    unmute: 'Allow the microphone',
    pin: 'Show to everybody',
    unpin: 'Stop showing to everybody',
    ownPin: 'Pin for me',
    ownUnpin: 'Unpin',
    remove: 'Remove from the room',
    removeTitle: (name) => `Remove ${name} from the room?`,
    removeLead:
      'They leave at once and their personal link no longer works. They can come back only by asking to enter as a guest.',
  },

  knocks: {
    title: (count) => (count === 1 ? 'One person asks to enter' : `${count} people ask to enter`),
    admit: 'Let in',
    admitLong: (name) => `Let in: ${name}`,
    refuse: 'Refuse',
    refuseLong: (name) => `Refuse ${name}`,
    admitAll: 'Let everybody in',
    guest: 'Guest',
    used_link: 'Link used on another device',
  },

  chat: {
    title: 'Chat',
    write: 'Write to everybody',
    send: 'Send',
    empty: 'Nothing written yet.',
  },

  notice: {
    state: {
      draft: 'The meeting is being prepared again.',
      check_in: 'The check-in is open.',
      in_session: 'The meeting begins.',
      paused: 'The meeting has a break.',
      closed: 'The meeting is closed.',
      cancelled: 'The meeting is cancelled.',
    },
    resumed: 'The meeting goes on.',
    handRaised: 'Your hand is raised.',
    raisedHand: (name) => `${name} asks to speak.`,
    handLowered: 'Your hand is lowered.',
    yourFloor: 'You have the floor. Please unmute.',
    hasFloor: (name) => `${name} has the floor.`,
    floorOver: 'Your speech has ended; your microphone is off.',
    open: 'Everybody may unmute.',
    chaired: 'The chair invites the speakers.',
    muted: 'The chair or the secretary has muted you.',
    unmuted: 'You are no longer muted.',
    allMuted: 'The chair has muted everybody.',
    item: (number, title) => `On to item ${number}: ${title}.`,
    pinned: (name) => `${name} is shown to everybody.`,
    said: (name) => `New message from ${name}.`,
    knocks: (name) => `${name} asks to enter.`,
    failed: 'That could not be done. Please try again.',
    unreachable: 'The server was not reached. Check your connection.',
  },

  wall: {
    welcome: 'Welcome',
    next: 'Next to speak',
    address: 'Scan to join',
    present: (present, all) => `${present}/${all} delegates present`,
    noAgenda: 'No agenda item is open yet',
    connecting: 'Connecting to the hall…',
    ended: 'The meeting is closed. Thank you.',
  },

  ended: {
    removed: {
      what: 'You have been removed from the room.',
      todo: 'Your personal link no longer works. If this is a mistake, contact the secretary; you can come back only as a guest, by the common address of the meeting.',
    },
    refused: { what: 'You have not been let in.', todo: 'Contact the secretary for help.' },
    closed: { what: 'The meeting is closed.', todo: 'Thank you for attending.' },
    replaced: {
      what: 'You have entered in another window or on another device.',
      todo: 'To attend here, press Come back.',
    },
    revoked: {
      what: 'The session of this device is no longer valid.',
      todo: 'Open the link in your invitation again.',
    },
    lobby_full: {
      what: 'Too many people on this line are waiting to enter.',
      todo: 'Wait a few minutes and press Come back, or contact the secretary.',
    },
    left: { what: 'You have left the meeting.', todo: 'You can come back until it is closed.' },
    withdrawn: { what: 'You no longer wait.', todo: 'To attend, open the link again and ask to enter.' },
    again: 'Come back',
  },
}
