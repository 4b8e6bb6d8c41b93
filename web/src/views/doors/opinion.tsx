/** An opinion form on the invitation: answered by the personal link, before the meeting and for good. */
import { useId, useState } from 'preact/hooks'
import type { Choice, OpinionForm } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { invitedText } from '../../state/invited/i18n'

const CHOICES: readonly Choice[] = ['for', 'against', 'other']

interface Props {
  form: OpinionForm
  isSending: boolean
  /** The deadline in words. */
  due: string
  onSend: (choice: Choice, words: string) => void
}

export function Opinion({ form, isSending, due, onSend }: Props) {
  const [choice, setChoice] = useState<Choice | null>(null)
  const [words, setWords] = useState('')
  const [title, id] = [useId(), useId()]
  const t = invitedText.value.opinion
  const names = text.value.vote.choice
  return (
    <section class="card fields" aria-labelledby={title}>
      <h2 id={title}>{t.title}</h2>
      <p class="lead">{form.question}</p>
      {form.choice !== null ? (
        <p role="status">
          <b>{t.recorded(names[form.choice])}</b>
          {form.text && <span class="soft"> {form.text}</span>}
        </p>
      ) : form.state !== 'open' ? (
        <p>{t.over}</p>
      ) : (
        <form
          class="fields"
          onSubmit={(event) => {
            event.preventDefault()
            if (choice !== null) onSend(choice, choice === 'other' ? words.trim() : '')
          }}
        >
          <p class="soft">{t.due(due)}</p>
          <fieldset class="choices">
            <legend class="hidden">{t.title}</legend>
            {CHOICES.map((one) => (
              <label key={one} class={choice === one ? 'picked' : ''}>
                <input type="radio" name={id} checked={choice === one} onChange={() => setChoice(one)} />
                <span>{names[one]}</span>
              </label>
            ))}
          </fieldset>
          {choice === 'other' && (
            <div>
              <label for={`${id}-words`}>{t.words}</label>
              <textarea
                id={`${id}-words`}
                rows={3}
                maxLength={500}
                value={words}
                onInput={(event) => setWords(event.currentTarget.value)}
              />
            </div>
          )}
          <p class="small soft">{t.forGood}</p>
          <div class="actions">
            <button type="submit" class="primary" disabled={isSending || choice === null}>
              {isSending ? invitedText.value.sending : t.send}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}
