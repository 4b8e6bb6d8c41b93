/** What the minutes of a count say, as lines: from the vote alone, so that all screens print the same. */
import type { Meeting, Vote } from '../gen/protocol'
import { numeral } from './i18n'
import { personOf } from './meeting'
import type { Text } from './vi'
import { isForm, isSealed, optionName } from './votes'

export interface CountingMinutes {
  facts: readonly (readonly [string, string])[]
  /** Option, votes, and whether elected. */
  counts: readonly (readonly [string, number, boolean])[]
  conclusion: string
  tellers: readonly string[]
}

/** `at` spells a moment, `majority` says what the vote needed. The result must be known. */
export function countingMinutes(
  meeting: Meeting,
  vote: Vote,
  text: Text,
  at: (moment: string) => string,
  majority: string,
): CountingMinutes {
  const t = text.vote
  const { result } = vote
  if (result === null) throw new Error('no result yet')
  const name = (id: string) => personOf(meeting, id)?.name ?? t.gone
  const names = (options: readonly string[]) =>
    options.map((option) => optionName(vote, option, t.choice)).join(', ')
  const papers: (readonly [string, string])[] = [
    [t.minutes.issued, numeral(vote.roster.length)],
    [t.minutes.returned, numeral(vote.cast)],
  ]
  const ballots: (readonly [string, string])[] = isSealed(vote)
    ? [
        ...papers,
        [t.minutes.valid, numeral(result.valid)],
        [t.minutes.invalid, numeral(result.returned - result.valid)],
      ]
    : isForm(vote)
      ? papers
      : [[t.minutes.took, `${numeral(vote.cast)}/${numeral(vote.roster.length)}`]]
  const kind = isForm(vote) ? t.form.kindShort : t.kind[vote.kind]
  const counts = result.counts
  const ranked = result.elected.length > 0 || vote.kind === 'election'
  const options = ranked
    ? [...vote.options].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
    : vote.options
  return {
    facts: [
      [t.minutes.meeting, meeting.title],
      [t.minutes.about, vote.question],
      [t.kindLabel, vote.round > 1 ? `${kind}; ${t.round(vote.round)}` : kind],
      [t.minutes.opened, at(vote.opened_at)],
      ...(vote.due_at === null ? [] : [[t.form.due_at, at(vote.due_at)] as const]),
      [t.minutes.published, vote.published_at === null ? '' : at(vote.published_at)],
      [t.minutes.convened, numeral(vote.convened)],
      ...(isForm(vote) ? [] : [[t.minutes.present, numeral(vote.roster.length)] as const]),
      ...ballots,
      [t.minutes.rule, majority],
    ],
    counts: options.map(
      (option) =>
        [optionName(vote, option, t.choice), counts[option] ?? 0, result.elected.includes(option)] as const,
    ),
    conclusion:
      vote.kind !== 'election'
        ? t.outcome(result.passed)
        : [
            result.elected.length > 0 ? t.minutes.elected(names(result.elected)) : t.minutes.nobody,
            result.tied.length > 0 ? t.tied(names(result.tied)) : '',
          ]
            .filter(Boolean)
            .join(' '),
    tellers: vote.tellers.map(name),
  }
}
