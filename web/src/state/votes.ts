/** What a vote is to who looks at it. */
import type { Choice, OwnBallot, Vote } from '../gen/protocol'
import type { Text } from './vi'

/** How long a result stands on screens that nobody operates. */
const RESULT_SHOWN_MS = 180_000

/** An opinion form: answered by the link of the invitation until its deadline, by who is here and who is not. */
export function isForm(vote: Vote | null): boolean {
  return vote !== null && vote.due_at !== null
}

/** What is said of this vote; of a form in its own words. */
export function wordsOf(vote: Vote | null, { vote: words }: Text): Text['vote'] {
  if (!isForm(vote)) return words
  const { instead } = words.form
  return { ...words, ...instead, notice: { ...words.notice, ...instead.notice } }
}

/** The vote if it is open, or closed and not yet published. */
export function running(vote: Vote | null): Vote | null {
  return vote?.state === 'open' || vote?.state === 'closed' ? vote : null
}

/** The vote while it concerns the whole hall: it runs, or its result was published a moment ago. */
export function topical(vote: Vote | null, now: number): Vote | null {
  const isFresh = vote?.published_at && now - Date.parse(vote.published_at) < RESULT_SHOWN_MS
  return isFresh ? vote : running(vote)
}

/** May vote, and has not yet; `own` is the ballot that the service has of them. */
export function owesBallot(vote: Vote | null, participant: string, own: OwnBallot | null): boolean {
  if (vote === null || vote.kind === 'show_of_hands') return false
  if (vote.state !== 'open' || !vote.roster.includes(participant)) return false
  return own?.vote !== vote.id && !vote.voted.includes(participant)
}

/** How far the two tellers of a show of hands are: not both have counted, or they have and differ, or agree. */
export function tallied(vote: Vote): 'waiting' | 'differ' | 'agree' {
  const [first, second] = Object.values(vote.tallies)
  if (first === undefined || second === undefined) return 'waiting'
  return vote.options.every((option) => first[option] === second[option]) ? 'agree' : 'differ'
}

/** How many have not voted. */
export function awaitedCount(vote: Vote): number {
  return vote.roster.length - vote.cast
}

/** An option as people know it: a choice, or in an election the candidate. */
export function optionName(vote: Vote, option: string, choices: Readonly<Record<Choice, string>>): string {
  const candidate = vote.candidates.find((one) => one.id === option)
  return candidate ? candidate.name : (choices[option as Choice] ?? '')
}

/** One candidate a line: the name, and after a dash or a comma what they are. */
export function candidatesOf(lines: string): { name: string; note: string }[] {
  return lines
    .split('\n')
    .map((line) => /^\s*(?:\d+[.)]\s*)?([^,–—]*?)\s*(?:(?:,|–|—|\s-\s)\s*(.*))?$/.exec(line))
    .map((found) => ({ name: found?.[1]?.trim() ?? '', note: found?.[2]?.trim() ?? '' }))
    .filter(({ name }) => name !== '')
}

/** Ballots bear no name. */
export function isSealed(vote: Vote): boolean {
  return vote.kind === 'secret' || vote.kind === 'election'
}

const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The code that a secret ballot is known by to its voter alone: 80 bits of chance. */
export function newCode(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => LETTERS[byte % 32]).join('')
}

/** As people read it: four by four. */
export function spelled(code: string): string {
  return code.match(/.{1,4}/g)?.join(' ') ?? ''
}

/** Who has not voted, in the order of the roster; in a secret vote nobody is told. */
export function awaited(vote: Vote): readonly string[] {
  const voted = new Set(vote.voted)
  return vote.roster.filter((one) => !voted.has(one))
}
