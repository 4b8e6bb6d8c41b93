/** What to do about a media connection that is not well. */

/** Chromium says `disconnected` two to three seconds after the last answer; that is waiting enough. */
const RESTART_AFTER_MS = 250
const RENEW_AFTER_MS = 8_000

export type Remedy = 'wait' | 'restart' | 'renew'

/**
 * `unwell_ms` is how long the connection has not been connected. An interrupted one gets new addresses (ICE restart)
 * at once; one that is still not back after eight seconds, or has failed, is made anew.
 */
export function remedy(state: RTCPeerConnectionState, unwell_ms: number, hasRestarted: boolean): Remedy {
  if (state === 'connected') return 'wait'
  if (state === 'failed' || state === 'closed' || unwell_ms >= RENEW_AFTER_MS) return 'renew'
  return state === 'disconnected' && unwell_ms >= RESTART_AFTER_MS && !hasRestarted ? 'restart' : 'wait'
}
