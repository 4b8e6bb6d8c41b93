/** The vote on the screen of a hall: the question and how many have voted, then the result. */
import type { Vote } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { wordsOf } from '../../state/votes'
import { Result, Rule, Turnout } from '../parts/result'

export function VoteOnWall({ vote }: { vote: Vote }) {
  const t = wordsOf(vote, text.value)
  return (
    <section class="col vote" aria-live="polite">
      <h2>{vote.state === 'open' ? t.now : t.title}</h2>
      <p class="item">{vote.question}</p>
      {vote.state === 'published' ? (
        <Result vote={vote} />
      ) : (
        <>
          <Rule vote={vote} />
          {vote.kind !== 'show_of_hands' ? (
            <Turnout vote={vote} />
          ) : (
            vote.state === 'open' && <p>{t.raise}</p>
          )}
          {vote.state === 'closed' && <p>{t.closed}</p>}
        </>
      )}
    </section>
  )
}
