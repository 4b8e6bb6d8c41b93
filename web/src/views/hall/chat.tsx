/** What people write to everybody. */
import { useSignal } from '@preact/signals'
import { SendHorizontal } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import { language, text } from '../../state/i18n'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'

export function Chat() {
  const acts = useActs()
  const { store } = acts
  const t = text.value.chat
  const draft = useSignal('')
  const isSending = useSignal(false)
  const list = useRef<HTMLOListElement>(null)
  const lines = store.meeting.value?.chat ?? []
  const time = new Intl.DateTimeFormat(language.value, { hour: '2-digit', minute: '2-digit' })
  // Follows each new line.
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [lines.length])

  async function send(event: SubmitEvent) {
    event.preventDefault()
    const line = wellFormed(draft.value.trim())
    if (!line || isSending.value) return
    isSending.value = true
    const result = await order(acts, { type: 'say', text: line })
    isSending.value = false
    if (result.ok) draft.value = ''
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ol ref={list} tabIndex={0} aria-label={t.title}>
        {lines.length === 0 && <li class="soft">{t.empty}</li>}
        {lines.map((line) => (
          <li key={line.id} class={line.participant === store.me.value ? 'mine' : ''}>
            <div class="small soft">
              <b>{line.name}</b> · <time class="num">{time.format(new Date(line.at))}</time>
            </div>
            <p>{line.text}</p>
          </li>
        ))}
      </ol>
      <form onSubmit={(event) => void send(event)}>
        <input
          class="grow"
          aria-label={t.write}
          placeholder={t.write}
          maxLength={2000}
          value={draft.value}
          onInput={(event) => {
            draft.value = event.currentTarget.value
          }}
        />
        <button type="submit" class="primary" aria-label={t.send} disabled={isSending.value}>
          <Icon of={SendHorizontal} />
        </button>
      </form>
    </>
  )
}

/** Half a pair of surrogates, as a cut emoji leaves, is no text and would end the connection. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text))
}
