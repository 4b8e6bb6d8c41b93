/** What a vote asks for and what came out, in words and numbers. */
import type { Vote } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { awaited } from '../../state/votes'

/** Which majority the question needs. */
export function Rule({ vote }: { vote: Vote }) {
  const t = text.value.vote
  return <p class="soft num">{t.rule(t.share[vote.rule], t.base[vote.base], vote.needed, vote.base_count)}</p>
}

/** How many have voted. */
export function Turnout({ vote }: { vote: Vote }) {
  const all = vote.roster.length
  return (
    <>
      <p class="num">{text.value.vote.voted(vote.voted.length, all)}</p>
      <div class="turnout" aria-hidden="true">
        <i style={{ transform: `scaleX(${vote.voted.length / all})` }} />
      </div>
    </>
  )
}

export function Result({ vote }: { vote: Vote }) {
  const t = text.value.vote
  const { result } = vote
  if (result === null) return null
  const votes = result.counts.for ?? 0
  const explain = result.passed ? t.reached : t.missed
  return (
    <div class="result col">
      <b class={`outcome ${result.passed ? 'passed' : 'failed'}`}>{t.outcome(result.passed)}</b>
      <p class="num">{explain(votes, vote.needed, vote.base_count)}</p>
      <dl>
        {vote.options.map((option) => (
          <div key={option} class={option}>
            <dt>{t.choice[option]}</dt>
            <dd class="num">{result.counts[option]}</dd>
          </div>
        ))}
        <div>
          <dt>{t.silent}</dt>
          <dd class="num">{awaited(vote).length}</dd>
        </div>
      </dl>
      <Rule vote={vote} />
      <p class="soft num">{t.quorum(vote.roster.length, vote.convened, vote.quorum_needed)}</p>
    </div>
  )
}
