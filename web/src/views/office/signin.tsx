/** Signing in with a name and a password. */
import { useSignal } from '@preact/signals'
import type { OfficeMe } from '../../gen/protocol'
import { signIn } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { useChange } from './asking'
import { Field, Refusal } from './fields'

export function SignIn({ onSignedIn }: { onSignedIn: (me: OfficeMe) => void }) {
  const t = officeText.value.signIn
  const fault = useSignal('')
  const { make, isSending, problem } = useChange()

  async function send(event: SubmitEvent) {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const [login, password] = [String(form.get('login')).trim(), String(form.get('password'))]
    fault.value = login && password ? '' : t.missing
    if (fault.value) return
    const me = await make(() => signIn({ login, password }))
    if (me) onSignedIn(me)
  }

  return (
    <Door>
      <div>
        <Heading>{t.title}</Heading>
        <p class="lead">{t.lead}</p>
      </div>
      <form class="card fields" onSubmit={(event) => void send(event)} noValidate>
        <Refusal problem={problem.value} />
        <Field label={t.login} fault={fault.value}>
          {(attributes) => (
            <input
              {...attributes}
              name="login"
              autocomplete="username"
              autocapitalize="none"
              spellcheck={false}
            />
          )}
        </Field>
        <Field label={t.password}>
          {(attributes) => (
            <input {...attributes} name="password" type="password" autocomplete="current-password" />
          )}
        </Field>
        <div class="actions">
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? t.sending : t.send}
          </button>
        </div>
        <p class="small soft">{t.forgotten}</p>
      </form>
    </Door>
  )
}
