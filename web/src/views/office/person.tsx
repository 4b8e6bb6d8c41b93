/** A person: their name, position and unit, and the accounts with which they sign in. */
import { useSignal } from '@preact/signals'
import { ArrowLeft } from 'lucide'
import type { ComponentChildren } from 'preact'
import type {
  OfficeAccount,
  OfficePerson,
  OfficePersonCard,
  OfficerRole,
  OfficeUnits,
} from '../../gen/protocol'
import {
  addAccount,
  person as ask,
  units as askUnits,
  changePerson,
  closeAccount,
  reopenAccount,
  resetPassword,
} from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { Question } from '../parts/modal'
import { useAnswer, useChange } from './asking'
import { Browsers } from './browsers'
import { Elsewhere } from './elsewhere'
import { Field, Refusal, UnitField, valuesOf } from './fields'
import { Link, OFFICE } from './place'

interface Props {
  id: string
  given?: OfficePersonCard | null
  givenUnits?: OfficeUnits | null
}

export function PersonPage({ id, given = null, givenUnits = null }: Props) {
  const { answer, problem, again } = useAnswer(() => ask(id), [id], given)
  const units = useAnswer(askUnits, [], givenUnits)
  const t = officeText.value
  const card = answer.value
  return (
    <>
      <Link to={`${OFFICE}/nhan-su`} class="button quiet return">
        <Icon of={ArrowLeft} />
        {t.people.title}
      </Link>
      <Refusal problem={problem.value ?? units.problem.value} />
      {card !== null && units.answer.value !== null && (
        <>
          <Heading>{card.person.name}</Heading>
          <PersonForm
            person={card.person}
            units={units.answer.value}
            onChange={(changed) => {
              answer.value = changed
            }}
          />
          {card.roles.length > 0 && <Accounts card={card} units={units.answer.value} onChange={again} />}
        </>
      )}
    </>
  )
}

interface FormProps {
  person: OfficePerson
  units: OfficeUnits
  onChange: (card: OfficePersonCard) => void
}

function PersonForm({ person, units, onChange }: FormProps) {
  const [name, title, unit] = [useSignal(person.name), useSignal(person.title), useSignal(person.unit)]
  const revision = useSignal(person.revision)
  const theirs = useSignal<OfficePerson | null>(null)
  const [fault, done] = [useSignal(''), useSignal(false)]
  const { make, isSending, problem } = useChange()
  const t = officeText.value

  async function save(event: SubmitEvent) {
    event.preventDefault()
    done.value = false
    fault.value = name.value.trim() === '' ? t.people.fault.name : ''
    if (fault.value) return
    const content = { name: name.value, title: title.value, unit: unit.value, revision: revision.value }
    const changed = await make((keyFor) => changePerson(person.id, { ...content, key: keyFor(content) }))
    if (changed) {
      revision.value = changed.person.revision
      theirs.value = null
      done.value = true
      onChange(changed)
    } else if (problem.value?.code === 'outdated') {
      // What is written here stays; theirs is shown beside it, and the next time it is saved knowingly.
      theirs.value = (await ask(person.id)).person
      revision.value = theirs.value.revision
    }
  }

  return (
    <form class="card fields" onSubmit={(event) => void save(event)} noValidate>
      <Refusal problem={problem.value}>
        {theirs.value && (
          <p>
            {t.theirs} <b>{[theirs.value.name, theirs.value.title, theirs.value.unit_name].join(' · ')}</b>
          </p>
        )}
      </Refusal>
      <Field label={t.people.name} fault={fault.value}>
        {(attributes) => (
          <input
            {...attributes}
            maxLength={120}
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <Field label={t.people.position}>
        {(attributes) => (
          <input
            {...attributes}
            maxLength={200}
            value={title.value}
            onInput={(event) => {
              title.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <UnitField
        label={t.people.unit}
        name="unit"
        units={units.units}
        value={unit.value}
        onChange={(chosen) => {
          unit.value = chosen
        }}
      />
      <div class="actions">
        <button type="submit" class="primary" disabled={isSending.value}>
          {isSending.value ? t.saving : t.save}
        </button>
        <p role="status">{done.value && t.saved}</p>
      </div>
    </form>
  )
}

interface AccountsProps {
  card: OfficePersonCard
  units: OfficeUnits
  onChange: () => void
}

function Accounts({ card, units, onChange }: AccountsProps) {
  const { make, isSending, problem } = useChange()
  const t = officeText.value.accounts

  async function open(event: SubmitEvent) {
    const value = valuesOf(event)
    const content = {
      person: card.person.id,
      login: value('login'),
      password: value('password'),
      role: value('role') as OfficerRole,
    }
    if (await make((keyFor) => addAccount({ ...content, key: keyFor(content) }))) onChange()
  }

  return (
    <section class="card col">
      <h2>{t.title}</h2>
      <Refusal problem={problem.value} />
      {card.accounts.map((account) => (
        <Account
          key={account.id}
          account={account}
          mayChange={card.roles.includes(account.role)}
          onChange={onChange}
        >
          <Elsewhere
            account={account}
            home={card.person.unit}
            roles={card.roles}
            units={units.units}
            onChange={onChange}
          />
        </Account>
      ))}
      {card.accounts.length === 0 && (
        <form class="fields" onSubmit={(event) => void open(event)} noValidate>
          <p class="soft">{t.none}</p>
          <Field label={officeText.value.signIn.login}>
            {(attributes) => <input {...attributes} name="login" autocomplete="off" autocapitalize="none" />}
          </Field>
          <Field label={t.password}>
            {(attributes) => (
              <input {...attributes} name="password" type="password" autocomplete="new-password" />
            )}
          </Field>
          <Field label={t.role}>
            {(attributes) => (
              <select {...attributes} name="role">
                {[...card.roles].reverse().map((role) => (
                  <option key={role} value={role}>
                    {officeText.value.officerRole[role]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <div class="actions">
            <button type="submit" class="primary" disabled={isSending.value}>
              {t.open}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}

interface AccountProps {
  account: OfficeAccount
  mayChange: boolean
  onChange: () => void
  children: ComponentChildren
}

/** A login: where it is signed in, another password, locked and opened again. */
function Account({ account, mayChange, onChange, children }: AccountProps) {
  const { make, isSending, problem } = useChange()
  const isAsking = useSignal(false)
  const t = officeText.value.accounts

  async function close() {
    isAsking.value = false
    await make((keyFor) => closeAccount(account.id, { key: keyFor({ close: account.id }) }))
    onChange()
  }

  async function reopen() {
    await make((keyFor) => reopenAccount(account.id, { key: keyFor({ reopen: account.id }) }))
    onChange()
  }

  async function reset(event: SubmitEvent) {
    const form = event.currentTarget as HTMLFormElement
    const content = { password: valuesOf(event)('password') }
    const isDone = await make((keyFor) =>
      resetPassword(account.id, { ...content, key: keyFor(content) }).then(() => true),
    )
    if (isDone) form.reset()
  }

  return (
    <div class="col">
      <div class="head">
        <p>
          <b>{account.login}</b> · {officeText.value.officerRole[account.role]}{' '}
          {account.is_closed && <span class="pill">{t.closed}</span>}
        </p>
        {mayChange &&
          (account.is_closed ? (
            <button type="button" disabled={isSending.value} onClick={() => void reopen()}>
              {t.reopen}
            </button>
          ) : (
            <button
              type="button"
              class="danger"
              disabled={isSending.value}
              onClick={() => {
                isAsking.value = true
              }}
            >
              {t.close}
            </button>
          ))}
      </div>
      <Refusal problem={problem.value} />
      {!account.is_closed && mayChange && (
        <>
          {children}
          <Browsers account={account.id} />
          <form class="fields" onSubmit={(event) => void reset(event)} noValidate>
            <Field label={t.reset}>
              {(attributes) => (
                <input {...attributes} name="password" type="password" autocomplete="new-password" />
              )}
            </Field>
            <div class="actions">
              <button type="submit" disabled={isSending.value}>
                {t.resetSend}
              </button>
            </div>
          </form>
        </>
      )}
      {isAsking.value && (
        <Question
          title={t.closeTitle(account.login)}
          lead={t.closeLead}
          yes={t.close}
          no={officeText.value.cancel}
          onYes={() => void close()}
          onClose={() => {
            isAsking.value = false
          }}
        />
      )}
    </div>
  )
}
