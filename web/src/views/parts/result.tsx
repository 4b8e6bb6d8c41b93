/** What a vote asks for and what came out, in words and numbers. */
import type { Vote, VoteResult } from '../../gen/protocol'
import { language, numeral, text } from '../../state/i18n'
import { awaitedCount, isForm, optionName, wordsOf } from '../../state/votes'

export function majority(vote: Vote): string {
  const t = text.value.vote
  const { needed, base_count: all } = vote.result ?? vote
  const asks = t.preset(t.rule[vote.rule], t.base[vote.base])
  return needed === null || all === null || vote.rule === 'plurality' ? asks : t.inNumbers(asks, needed, all)
}

function quorum(vote: Vote): string {
  const t = text.value.vote
  return vote.members === null
    ? t.quorum(vote.roster.length, vote.convened, vote.quorum_needed)
    : t.quorumOfMembers(vote.roster.length, vote.members, vote.quorum_needed)
}

function dueOf(moment: string): string {
  return new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : 'vi-VN', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(new Date(moment))
}

/** Whether names are told, and which majority the question needs. */
export function Rule({ vote }: { vote: Vote }) {
  return (
    <p class="soft num">
      {vote.due_at === null ? text.value.vote.kind[vote.kind] : text.value.vote.form.kind(dueOf(vote.due_at))}{' '}
      · {majority(vote)}
    </p>
  )
}

/** How many have voted. */
export function Turnout({ vote }: { vote: Vote }) {
  const all = vote.roster.length
  return (
    <>
      <p class="num">{wordsOf(vote, text.value).voted(vote.cast, all)}</p>
      <div class="turnout" aria-hidden="true">
        <i style={{ transform: `scaleX(${vote.cast / all})` }} />
      </div>
    </>
  )
}

export function Result({ vote }: { vote: Vote }) {
  const t = wordsOf(vote, text.value)
  const { result } = vote
  if (result === null) return null
  if (vote.kind === 'election') return <Elected vote={vote} result={result} />
  const votes = result.counts.for ?? 0
  const outcome = result.passed ? t.reached(votes) : t.missed(votes, result.needed - votes)
  return (
    <div class="result col">
      <b class={`outcome ${result.passed ? 'passed' : 'failed'}`}>{t.outcome(result.passed)}</b>
      <p class="num">
        {majority(vote)}, {outcome}
      </p>
      <dl>
        {vote.options.map((option) => (
          <div key={option} class={option}>
            <dt>{optionName(vote, option, t.choice)}</dt>
            <dd class="num">{numeral(result.counts[option] ?? 0)}</dd>
          </div>
        ))}
        <div>
          <dt>{t.silent}</dt>
          <dd class="num">{numeral(awaitedCount(vote))}</dd>
        </div>
      </dl>
      {!isForm(vote) && <p class="soft num">{quorum(vote)}</p>}
    </div>
  )
}

function Elected({ vote, result }: { vote: Vote; result: VoteResult }) {
  const t = text.value.vote
  const name = (id: string) => optionName(vote, id, t.choice)
  const { counts, elected, tied } = result
  const ranked = [...vote.options].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
  return (
    <div class="result names col">
      <b class={`outcome ${result.passed ? 'passed' : 'failed'}`}>
        {t.electedCount(elected.length, vote.seats ?? 1)}
      </b>
      <p class="num">{majority(vote)}.</p>
      {tied.length > 0 && <p>{t.tied(tied.map(name).join(', '))}</p>}
      <dl>
        {ranked.map((id) => (
          <div key={id}>
            <dt>
              {name(id)}
              {elected.includes(id) && <b class="elected">{t.elected}</b>}
              {(counts[id] ?? 0) < result.needed && (
                <small class="short num">{t.short(result.needed - (counts[id] ?? 0))}</small>
              )}
            </dt>
            <dd class="num">{numeral(counts[id] ?? 0)}</dd>
          </div>
        ))}
        <div>
          <dt>{t.silent}</dt>
          <dd class="num">{numeral(awaitedCount(vote))}</dd>
        </div>
      </dl>
      <p class="soft num">{quorum(vote)}</p>
    </div>
  )
}
