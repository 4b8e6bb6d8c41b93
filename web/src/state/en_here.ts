/** The texts of being in the hall oneself, in English. */

import { inEn } from './numbers'
import type { HereText } from './vi_here'

export const here: HereText = {
  where: 'How you take part',
  wheres: { online: 'Online', hall: 'I am sitting in the hall' },
  hallLead:
    'The phone is for papers, votes, asking for the floor and chat. Microphone, camera, sound and picture stay off, so that nothing echoes in the hall.',
  hallEnter: 'Follow in the hall',
  banner: 'You attend in the hall: this device has no sound and no picture.',
  switchOn: 'Turn on sound and picture',
  floorLead: (site) =>
    site
      ? `Please speak through the microphone of ${site}.`
      : 'Please speak through the microphone of the hall.',
  understood: 'Understood',
  through: (site) => `microphone of ${site}`,
  everywhere: (here, all) => `All · ${inEn(here)}/${inEn(all)}`,
  atSite: (site, here, all) => `${site} · ${inEn(here)}/${inEn(all)}`,
  site: 'Site',
  checkIn: 'Check in at the hall',
  wall: {
    title: 'Please check in',
    titleAt: (site) => `Please check in · ${site}`,
    code: 'QR code to check in with',
    steps: [
      'Open the link in your invitation on your phone',
      'Scan this code with the camera of the phone',
      'Wait for the words “You are checked in”',
    ],
  },
}
