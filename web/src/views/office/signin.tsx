/** Signing in with a name and a password. */
import { useSignal } from '@preact/signals'
import type { OfficeMe, OfficeWays } from '../../gen/protocol'
import { OIDC, signIn, ways } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { useAnswer, useChange } from './asking'
import { Field, Refusal } from './fields'

interface Props {
  onSignedIn: (me: OfficeMe) => void
  given?: OfficeWays | null
}

export function SignIn({ onSignedIn, given = null }: Props) {
  const t = officeText.value.signIn
  const { answer } = useAnswer(ways, [], given)
  const provider = answer.value?.oidc
  // Why the provider's way ended here, as the service wrote it into the address.
  const failed = t.failed[new URLSearchParams(location.search).get('loi') ?? '']
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
      {failed && (
        <p class="fault" role="alert">
          {failed}
        </p>
      )}
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
        {provider && (
          <div class="actions">
            <a class="button" href={OIDC}>
              {t.with(provider)}
            </a>
          </div>
        )}
        <p class="small soft">{t.forgotten}</p>
      </form>
    </Door>
  )
}
