/** Why a browser or system refuses a microphone or a camera, as one of the reasons that have their own sentence. */

export type Device = 'microphone' | 'camera' | 'screen'
export type Refusal =
  | 'no_webrtc'
  | 'insecure'
  | 'in_app'
  | 'blocked'
  | 'blocked_by_system'
  | 'dismissed'
  | 'missing'
  | 'busy'
  | 'unsuitable'
  | 'forbidden'
  | 'unknown'

/** The reason behind an exception of `getUserMedia` or `getDisplayMedia`. */
export function refusalOf(error: { name: string; message: string }): Refusal {
  switch (error.name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      // Chrome tells the three cases apart in the message only.
      if (/system/i.test(error.message)) return 'blocked_by_system'
      return /dismissed/i.test(error.message) ? 'dismissed' : 'blocked'
    case 'NotFoundError':
    case 'DevicesNotFoundError':
      return 'missing'
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy'
    case 'OverconstrainedError':
    case 'ConstraintNotSatisfiedError':
      return 'unsuitable'
    case 'SecurityError':
    case 'InvalidStateError':
      return 'forbidden'
    default:
      return 'unknown'
  }
}

/** What the page cannot do at all, before anything is asked; null when all is there. */
export function missingAbility(has: { secure: boolean; devices: boolean; webrtc: boolean }): Refusal | null {
  if (!has.webrtc) return 'no_webrtc'
  if (!has.secure) return 'insecure'
  return has.devices ? null : 'in_app'
}
