/** The choices of the person at this device. */

import type { Keeper } from './keeping'
import type { Form, Saving, View } from './layout'
import { remembered } from './memory'

export interface SentBallot {
  vote: string
  /** One, or in an election the candidates. */
  choices: readonly string[]
  key: string
  /** What somebody wrote who is of another opinion. */
  text?: string
  /** Of a secret ballot. */
  code: string | null
}

export type Where = 'online' | 'hall'
export type Theme = 'system' | 'light' | 'dark'

/** `lasting` outlives the browser, `passing` ends with the tab. */
export function createChoices(lasting: Keeper, passing: Keeper) {
  return {
    theme: remembered<Theme>(lasting, 'theme', 'system'),
    saving: remembered<Saving>(lasting, 'saving', 'all'),
    view: remembered<View>(lasting, 'view', 'stage'),
    microphone: remembered<string | null>(lasting, 'microphone', null),
    camera: remembered<string | null>(lasting, 'camera', null),
    wantsCamera: remembered<boolean>(lasting, 'wants-camera', true),
    /** A muted microphone is for this visit, and no reason to come silent to the next meeting. */
    wantsMicrophone: remembered<boolean>(passing, 'wants-microphone', true),
    /** In the hall the device only accompanies: it has neither sound nor picture. */
    where: remembered<Where>(passing, 'where', 'online'),
    /** A ballot that was sent and not yet answered, with the key under which it is sent again. */
    ballot: remembered<SentBallot | null>(passing, 'ballot', null),
    /** The code of the last secret ballot that was recorded, to look for on the board. */
    code: remembered<{ vote: string; code: string } | null>(lasting, 'ballot-code', null),
    /** The meeting whose device check this tab has passed, so that a reload leads straight back. */
    entered: remembered<string | null>(passing, 'entered', null),
  }
}

export type Choices = ReturnType<typeof createChoices>

/** Which form of screen a window of this size is. */
export function formOf(width: number, height: number): Form {
  return width < 760 || height < 480 ? 'phone' : 'desktop'
}
