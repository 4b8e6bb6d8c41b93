/** What an account may do at units that are not its person's own. */
import type { OfficeAccount, OfficerRole, OfficeUnit } from '../../gen/protocol'
import { endRole, giveRole } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { useChange } from './asking'
import { Field, Refusal, UnitField, valuesOf } from './fields'

interface Props {
  account: OfficeAccount
  /** Where the account has its first role. */
  home: string
  roles: readonly OfficerRole[]
  units: readonly OfficeUnit[]
  onChange: () => void
}

export function Elsewhere({ account, home, roles, units, onChange }: Props) {
  const { make, isSending, problem } = useChange()
  const t = officeText.value.accounts

  async function give(event: SubmitEvent) {
    const value = valuesOf(event)
    const content = { role: value('role') as OfficerRole, unit: value('unit') }
    const isDone = await make((keyFor) =>
      giveRole(account.id, { ...content, key: keyFor(content) }).then(() => true),
    )
    if (isDone) onChange()
  }

  async function end(unit: string) {
    await make((keyFor) => endRole(account.id, unit, { key: keyFor({ end: unit }) }))
    onChange()
  }

  return (
    <section class="col">
      <h3>{t.elsewhere}</h3>
      <Refusal problem={problem.value} />
      {account.elsewhere.length > 0 && (
        <ul class="rows">
          {account.elsewhere.map((given) => (
            <li key={given.unit}>
              <div class="grow">
                <b>{given.unit_name}</b>
                <div class="small soft">{officeText.value.officerRole[given.role]}</div>
              </div>
              <button
                type="button"
                aria-label={t.endAt(given.unit_name)}
                disabled={isSending.value}
                onClick={() => void end(given.unit)}
              >
                {t.end}
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="fields" onSubmit={(event) => void give(event)} noValidate>
        <UnitField label={t.giveUnit} name="unit" units={units.filter((unit) => unit.id !== home)} />
        <Field label={t.role}>
          {(attributes) => (
            <select {...attributes} name="role">
              {[...roles].reverse().map((role) => (
                <option key={role} value={role}>
                  {officeText.value.officerRole[role]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div class="actions">
          <button type="submit" disabled={isSending.value}>
            {t.give}
          </button>
        </div>
      </form>
    </section>
  )
}
