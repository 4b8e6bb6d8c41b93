/**
 * Who is on the stage: the chair's pin, one's own pin, the floor, the loudest, the chair, in this order.
 *
 * When none of them can be shown, as on the chair's own screen while nobody speaks, the last one stays.
 */

/** A voice keeps the stage for this long before another voice may take it. */
export const STAGE_HOLD_MS = 3000

export interface StageFacts {
  chairPin: string | null
  ownPin: string | null
  holder: string | null
  loudest: string | null
  chair: string | null
  /** Whom to show when nobody was shown yet. */
  first: string | null
  /** Who can be shown: connected, and not oneself. */
  showable: (participant: string) => boolean
}

export interface Stage {
  who: string | null
  since: number
  why: 'chair_pin' | 'own_pin' | 'floor' | 'voice' | 'chair' | 'rest' | 'nobody'
}

export const emptyStage: Stage = { who: null, since: 0, why: 'nobody' }

function wanted(stage: Stage, facts: StageFacts): Pick<Stage, 'who' | 'why'> {
  const order = [
    { who: facts.chairPin, why: 'chair_pin' },
    { who: facts.ownPin, why: 'own_pin' },
    { who: facts.holder, why: 'floor' },
    { who: facts.loudest, why: 'voice' },
    { who: facts.chair, why: 'chair' },
    { who: stage.who, why: 'rest' },
    { who: facts.first, why: 'rest' },
  ] as const
  return order.find(({ who }) => who !== null && facts.showable(who)) ?? { who: null, why: 'nobody' }
}

/**
 * The stage at `now` (ms). Pins and the floor act at once; between voices, and from a voice back to the
 * chair, the one who is shown stays for `STAGE_HOLD_MS`.
 */
export function nextStage(stage: Stage, facts: StageFacts, now: number): Stage {
  const next = wanted(stage, facts)
  if (next.who === stage.who) return next.why === stage.why ? stage : { ...stage, why: next.why }
  const isByVoice = next.why === 'voice' || next.why === 'chair'
  const staysLonger =
    stage.why === 'voice' &&
    stage.who !== null &&
    facts.showable(stage.who) &&
    now - stage.since < STAGE_HOLD_MS
  if (isByVoice && staysLonger) return stage
  return { ...next, since: now }
}
