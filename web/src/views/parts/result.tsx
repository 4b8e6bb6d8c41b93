/** What a vote asks for and what came out, in words and numbers. */
import type { Vote } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { awaitedCount } from '../../state/votes'

function majority(vote: Vote): string {
  const t = text.value.vote
  return t.majority(t.share[vote.rule], t.base[vote.base], vote.needed, vote.base_count)
}

/** Whether names are told, and which majority the question needs. */
export function Rule({ vote }: { vote: Vote }) {
  return (
    <p class="soft num">
      {text.value.vote.kind[vote.kind]} · {majority(vote)}
    </p>
  )
}

/** How many have voted. */
export function Turnout({ vote }: { vote: Vote }) {
  const all = vote.roster.length
  return (
    <>
      <p class="num">{text.value.vote.voted(vote.cast, all)}</p>
      <div class="turnout" aria-hidden="true">
        <i style={{ transform: `scaleX(${vote.cast / all})` }} />
      </div>
    </>
  )
}

export function Result({ vote }: { vote: Vote }) {
  const t = text.value.vote
  const { result } = vote
  if (result === null) return null
  const votes = result.counts.for ?? 0
  const outcome = result.passed ? t.reached(votes) : t.missed(votes, vote.needed - votes)
  return (
    <div class="result col">
      <b class={`outcome ${result.passed ? 'passed' : 'failed'}`}>{t.outcome(result.passed)}</b>
      <p class="num">
        {majority(vote)}, {outcome}
      </p>
      <dl>
        {vote.options.map((option) => (
          <div key={option} class={option}>
            <dt>{t.choice[option]}</dt>
            <dd class="num">{result.counts[option]}</dd>
          </div>
        ))}
        <div>
          <dt>{t.silent}</dt>
          <dd class="num">{awaitedCount(vote)}</dd>
        </div>
      </dl>
      <p class="soft num">{t.quorum(vote.roster.length, vote.convened, vote.quorum_needed)}</p>
    </div>
  )
}
