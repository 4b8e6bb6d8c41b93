/** The names of an election: mark as many as there are seats, then look at the ballot once more. */
import { useSignal } from '@preact/signals'
import type { Vote } from '../../gen/protocol'
import { text } from '../../state/i18n'

export function Names({ vote, onDone }: { vote: Vote; onDone: (picked: readonly string[]) => void }) {
  const picked = useSignal<ReadonlySet<string>>(new Set())
  const t = text.value.vote
  const seats = vote.seats ?? 1
  const least = vote.least ?? 1
  const count = picked.value.size
  return (
    <>
      <fieldset class="choices">
        <legend class="soft">{t.pick(least, seats)}</legend>
        {vote.candidates.map(({ id, name, note }) => {
          const isPicked = picked.value.has(id)
          return (
            <label key={id} class={isPicked ? 'picked' : ''}>
              <input
                type="checkbox"
                checked={isPicked}
                disabled={count >= seats && !isPicked}
                onChange={(event) => {
                  const rest = [...picked.value].filter((one) => one !== id)
                  picked.value = new Set(event.currentTarget.checked ? [...rest, id] : rest)
                }}
              />
              <span>
                {name}
                {note && <small>{note}</small>}
              </span>
            </label>
          )
        })}
      </fieldset>
      <p class="num" role="status">
        {t.picked(count, seats)}
      </p>
      <button
        type="button"
        class="primary"
        disabled={count < least}
        onClick={() => onDone(vote.options.filter((option) => picked.value.has(option)))}
      >
        {t.review}
      </button>
    </>
  )
}
