/** Who is shown as being here: what the service says, and for a moment after a break what it said before. */
import type { Presence } from '../gen/protocol'

export type Everybody = ReadonlyMap<string, Presence>

/**
 * After a restart the service hears from one browser after the other again. Nobody's picture goes off meanwhile: media
 * has flowed on, and who is really gone is gone some seconds later.
 */
export const RETURN_MS = 5_000

/** What the service says, with everything that was on before the break still on. */
export function keeping(said: Everybody, before: Everybody): Everybody {
  const kept = new Map(said)
  for (const [id, was] of before) {
    if (!was.online) continue
    const is = said.get(id)
    kept.set(id, {
      participant: id,
      online: true,
      microphone: was.microphone || is?.microphone === true,
      camera: was.camera || is?.camera === true,
      screen: was.screen || is?.screen === true,
    })
  }
  return kept
}
