/** The words of the letter, as a form; what the form of the decree needs is asked for by name. */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { LetterWords } from '../../../gen/protocol'
import { invitingText } from '../../../state/inviting/i18n'

const LENGTHS: Record<keyof LetterWords, number> = {
  number: 40,
  above: 200,
  body: 200,
  town: 120,
  dated: 10,
  powers: 200,
  signer_title: 200,
  signer: 120,
  note: 2000,
}
const FIELDS = Object.keys(LENGTHS) as (keyof LetterWords)[]
const NEEDED: readonly (keyof LetterWords)[] = ['body', 'town', 'dated', 'signer_title', 'signer']

interface Props {
  words: LetterWords
  onSave: (words: Required<LetterWords>) => void
}

export function LetterForm({ words, onSave }: Props) {
  const t = invitingText.value
  const now = useSignal<Required<LetterWords>>({ number: '', above: '', note: '', powers: '', ...words })
  const missing = useSignal<keyof LetterWords | null>(null)
  const id = useId()
  return (
    <form
      class="letter"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        missing.value = NEEDED.find((name) => !now.value[name].trim()) ?? null
        if (missing.value) document.getElementById(`${id}-${missing.value}`)?.focus()
        else onSave(now.value)
      }}
    >
      <h3>{t.letter}</h3>
      {FIELDS.map((name) => {
        const attributes = {
          id: `${id}-${name}`,
          maxLength: LENGTHS[name],
          value: now.value[name],
          'aria-invalid': missing.value === name,
        }
        const write = (value: string) => {
          now.value = { ...now.value, [name]: value }
        }
        return (
          <div key={name} class={name}>
            <label for={attributes.id}>{t.words[name]}</label>
            {name === 'note' ? (
              <textarea {...attributes} rows={3} onInput={(event) => write(event.currentTarget.value)} />
            ) : name === 'dated' ? (
              <input {...attributes} type="date" onInput={(event) => write(event.currentTarget.value)} />
            ) : (
              <input {...attributes} onInput={(event) => write(event.currentTarget.value)} />
            )}
            {name === 'number' && <p class="small soft">{t.numberHint}</p>}
            {missing.value === name && (
              <p class="fault" role="alert">
                {t.missing(t.words[name])}
              </p>
            )}
          </div>
        )
      })}
      <div class="actions">
        <button type="submit">{t.save}</button>
      </div>
    </form>
  )
}
