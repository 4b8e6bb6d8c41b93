/** One's own account: where it is signed in, and its password. */
import { useSignal } from '@preact/signals'
import type { OfficeBrowsers, OfficeMe } from '../../gen/protocol'
import { changePassword } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { Heading } from '../parts/heading'
import { useChange } from './asking'
import { Browsers } from './browsers'
import { Field, Refusal } from './fields'

export function Own({ me, given = null }: { me: OfficeMe; given?: OfficeBrowsers | null }) {
  const { make, isSending, problem } = useChange()
  const [fault, done] = [useSignal(''), useSignal(false)]
  const t = officeText.value.own

  async function change(event: SubmitEvent) {
    event.preventDefault()
    const element = event.currentTarget as HTMLFormElement
    const form = new FormData(element)
    const [password, new_password] = [String(form.get('password')), String(form.get('new'))]
    done.value = false
    fault.value = password && new_password ? '' : t.missing
    if (fault.value) return
    const content = { password, new_password }
    const changed = await make((keyFor) =>
      changePassword({ ...content, key: keyFor(content) }).then(() => true),
    )
    if (!changed) return
    element.reset()
    done.value = true
  }

  return (
    <>
      <div>
        <Heading>{t.title}</Heading>
        <p class="soft">
          {me.name} · {me.login}
        </p>
      </div>
      <section class="card col">
        <h2>{t.browsers}</h2>
        <Browsers given={given} />
      </section>
      <form class="card fields" onSubmit={(event) => void change(event)} noValidate>
        <h2>{t.password}</h2>
        <Refusal problem={problem.value} />
        <Field label={t.old} fault={fault.value}>
          {(attributes) => (
            <input {...attributes} name="password" type="password" autocomplete="current-password" />
          )}
        </Field>
        <Field label={t.fresh}>
          {(attributes) => <input {...attributes} name="new" type="password" autocomplete="new-password" />}
        </Field>
        <p class="small soft">{t.rule}</p>
        <div class="actions">
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? officeText.value.saving : t.change}
          </button>
        </div>
        <p role="status">{done.value && t.done}</p>
      </form>
    </>
  )
}
