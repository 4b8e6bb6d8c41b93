/** A majority that has no button of its own: which share, and of what. */
import { useSignal } from '@preact/signals'
import type { MeetingBody, VoteBase, VoteRule } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { isEnough } from '../../state/majorities'

const RULES: readonly VoteRule[] = ['more_than_half', 'two_thirds', 'three_quarters', 'plurality']
const BASES: readonly VoteBase[] = ['present', 'convened', 'all_members', 'returned', 'valid']

interface Props {
  /** The body that meets, whose members can be counted. */
  body: MeetingBody | null
  /** Whether what the body asks for is the least. */
  binds: boolean
  disabled: boolean
  onOpen: (rule: VoteRule, base: VoteBase) => void
}

export function OtherMajority({ body, binds, disabled, onOpen }: Props) {
  const rule = useSignal<VoteRule>(body?.rule ?? 'more_than_half')
  const chosen = useSignal<VoteBase>(body?.base ?? 'valid')
  const t = text.value.vote
  // The most votes are counted of valid ballots, and of nothing else.
  const bases =
    rule.value === 'plurality'
      ? (['valid'] as const)
      : BASES.filter((one) => (body ? !binds || isEnough(one, body.base) : one !== 'all_members'))
  const base = rule.value === 'plurality' ? 'valid' : chosen.value
  return (
    <details>
      <summary>{t.otherMajority}</summary>
      <div class="stacked">
        <label for="rule">{t.ruleLabel}</label>
        <select
          id="rule"
          value={rule.value}
          onChange={(event) => {
            rule.value = event.currentTarget.value as VoteRule
          }}
        >
          {RULES.filter((one) => !binds || isEnough(one, body?.rule)).map((one) => (
            <option key={one} value={one}>
              {t.ruleName[one]}
            </option>
          ))}
        </select>
        <label for="base">{t.baseLabel}</label>
        <select
          id="base"
          value={base}
          onChange={(event) => {
            chosen.value = event.currentTarget.value as VoteBase
          }}
        >
          {bases.map((one) => (
            <option key={one} value={one}>
              {t.base[one]}
            </option>
          ))}
        </select>
        <button type="button" disabled={disabled} onClick={() => onOpen(rule.value, base)}>
          {t.preset(t.rule[rule.value], t.base[base])}
        </button>
      </div>
    </details>
  )
}
