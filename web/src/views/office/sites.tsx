/** The sites of a meeting: each with a screen of its own, and who is to sit there. */
import { useSignal } from '@preact/signals'
import { MapPin, Pencil, Plus, Trash2, Users } from 'lucide'
import type { OfficeInvited, OfficeMeeting, Site } from '../../gen/protocol'
import { addSite, changeSite, placeAt, removeSite } from '../../protocol/office'
import { numeral } from '../../state/i18n'
import { byGivenName, matches } from '../../state/names'
import { officeText } from '../../state/office/i18n'
import { byUnit } from '../../state/office/sites'
import { Icon } from '../parts/icon'
import { Modal, Question } from '../parts/modal'
import { useChange } from './asking'
import { Field, Refusal, valuesOf } from './fields'

interface Props {
  meeting: OfficeMeeting
  onChange: (meeting: OfficeMeeting) => void
  /** Of the gallery: what is opened at once. */
  opened?: Asking | null
}

type Asking = { what: 'add' } | { what: 'change' | 'remove' | 'fill'; site: Site }

const OVER = ['closed', 'cancelled']

export function Sites({ meeting, onChange, opened = null }: Props) {
  const asking = useSignal<Asking | null>(opened)
  const { make, isSending, problem } = useChange()
  const t = officeText.value.sites
  const isOver = OVER.includes(meeting.state)
  const people = meeting.invited.filter((one) => one.role !== 'site_operator' && one.role !== 'big_screen')
  const matched = byUnit(meeting)
  const close = () => {
    asking.value = null
  }

  async function takeOff(site: Site) {
    close()
    const content = { site: site.id, off: true }
    const changed = await make((keyFor) => removeSite(meeting.id, site.id, { key: keyFor(content) }))
    if (changed) onChange(changed)
  }

  async function placeByUnit() {
    for (const [site, participants] of matched) {
      const content = { site, participants }
      const changed = await make((keyFor) => placeAt(meeting.id, { ...content, key: keyFor(content) }))
      if (changed === null) return
      onChange(changed)
    }
  }

  return (
    <section class="card col">
      <div class="head">
        <h2>
          {t.title} <span class="soft num">· {numeral(meeting.sites.length)}</span>
        </h2>
        {!isOver && (
          <div class="row wrap">
            {matched.length > 0 && (
              <button type="button" disabled={isSending.value} onClick={() => void placeByUnit()}>
                <Icon of={Users} />
                {t.byUnit(matched.reduce((sum, [, ids]) => sum + ids.length, 0))}
              </button>
            )}
            <button
              type="button"
              onClick={() => {
                asking.value = { what: 'add' }
              }}
            >
              <Icon of={Plus} />
              {t.add}
            </button>
          </div>
        )}
      </div>
      <p class="soft">{t.lead}</p>
      <Refusal problem={problem.value} />
      <ul class="rows">
        {meeting.sites.map((site) => {
          const there = people.filter((one) => one.site === site.id).length
          return (
            <li key={site.id}>
              <Icon of={MapPin} />
              <div class="grow">
                <b>{site.name}</b>
                <div class="small soft">
                  {[site.unit, site.capacity ? t.seats(site.capacity) : ''].filter(Boolean).join(' · ')}
                </div>
              </div>
              <span class={`pill num ${site.capacity > 0 && there > site.capacity ? 'gold' : ''}`}>
                {t.placed(there)}
              </span>
              {!isOver && (
                <span class="row tight">
                  <button
                    type="button"
                    onClick={() => {
                      asking.value = { what: 'fill', site }
                    }}
                    aria-label={t.fillLong(site.name)}
                  >
                    {t.fill}
                  </button>
                  <button
                    type="button"
                    class="quiet"
                    aria-label={t.changeLong(site.name)}
                    onClick={() => {
                      asking.value = { what: 'change', site }
                    }}
                  >
                    <Icon of={Pencil} />
                  </button>
                  <button
                    type="button"
                    class="quiet"
                    aria-label={t.removeLong(site.name)}
                    onClick={() => {
                      asking.value = { what: 'remove', site }
                    }}
                  >
                    <Icon of={Trash2} />
                  </button>
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {asking.value?.what === 'remove' && (
        <Question
          title={t.removeLong(asking.value.site.name)}
          lead={t.removeLead}
          yes={t.remove}
          no={officeText.value.cancel}
          onYes={() => asking.value?.what === 'remove' && void takeOff(asking.value.site)}
          onClose={close}
        />
      )}
      {(asking.value?.what === 'add' || asking.value?.what === 'change') && (
        <SiteForm
          meeting={meeting}
          site={asking.value.what === 'change' ? asking.value.site : null}
          onChange={onChange}
          onClose={close}
        />
      )}
      {asking.value?.what === 'fill' && (
        <Fill
          meeting={meeting}
          site={asking.value.site}
          people={people}
          onChange={onChange}
          onClose={close}
        />
      )}
    </section>
  )
}

interface FormProps {
  meeting: OfficeMeeting
  site: Site | null
  onChange: (meeting: OfficeMeeting) => void
  onClose: () => void
}

function SiteForm({ meeting, site, onChange, onClose }: FormProps) {
  const { make, isSending, problem } = useChange()
  const fault = useSignal('')
  const t = officeText.value.sites

  async function send(event: SubmitEvent) {
    const value = valuesOf(event)
    const content = { name: value('name'), unit: value('unit'), capacity: Number(value('capacity')) || 0 }
    fault.value = content.name === '' ? t.nameMissing : ''
    if (fault.value) return
    const changed = await make((keyFor) => {
      const request = { ...content, key: keyFor({ ...content, site: site?.id ?? null }) }
      return site ? changeSite(meeting.id, site.id, request) : addSite(meeting.id, request)
    })
    if (changed === null) return
    onChange(changed)
    onClose()
  }

  return (
    <Modal title={site ? t.changeLong(site.name) : t.add} onClose={onClose}>
      <form class="fields" onSubmit={(event) => void send(event)} noValidate>
        <Refusal problem={problem.value} />
        <Field label={t.name} fault={fault.value}>
          {(attributes) => <input {...attributes} name="name" maxLength={120} value={site?.name ?? ''} />}
        </Field>
        <Field label={t.unit}>
          {(attributes) => <input {...attributes} name="unit" maxLength={200} value={site?.unit ?? ''} />}
        </Field>
        <Field label={t.capacity}>
          {(attributes) => (
            <input
              {...attributes}
              name="capacity"
              type="number"
              min={0}
              max={10_000}
              inputMode="numeric"
              value={site?.capacity || ''}
            />
          )}
        </Field>
        <div class="actions">
          <button type="button" onClick={onClose}>
            {officeText.value.cancel}
          </button>
          <button type="submit" class="primary" disabled={isSending.value}>
            {t.save}
          </button>
        </div>
      </form>
    </Modal>
  )
}

interface FillProps {
  meeting: OfficeMeeting
  site: Site
  people: readonly OfficeInvited[]
  onChange: (meeting: OfficeMeeting) => void
  onClose: () => void
}

/** Who is to sit there: ticked are those who are placed at this site. */
function Fill({ meeting, site, people, onChange, onClose }: FillProps) {
  const query = useSignal('')
  const chosen = useSignal<ReadonlySet<string>>(
    new Set(people.filter((one) => one.site === site.id).map((one) => one.id)),
  )
  const { make, isSending, problem } = useChange()
  const t = officeText.value.sites
  const names = new Map(meeting.sites.map((one) => [one.id, one.name]))
  const found = people
    .filter((one) => matches(query.value, one.name, one.unit, one.title))
    .sort((a, b) => byGivenName(a.name, b.name))

  async function send() {
    const moves = [
      {
        site: site.id,
        participants: people.filter((one) => chosen.value.has(one.id) && one.site !== site.id),
      },
      { site: null, participants: people.filter((one) => !chosen.value.has(one.id) && one.site === site.id) },
    ]
    for (const move of moves) {
      if (move.participants.length === 0) continue
      const content = { site: move.site, participants: move.participants.map((one) => one.id) }
      const changed = await make((keyFor) => placeAt(meeting.id, { ...content, key: keyFor(content) }))
      if (changed === null) return
      onChange(changed)
    }
    onClose()
  }

  return (
    <Modal title={t.fillLong(site.name)} class="broad" onClose={onClose}>
      <input
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value
        }}
      />
      <Refusal problem={problem.value} />
      <ul class="rows scrolls">
        {found.map((one) => (
          <li key={one.id}>
            <label class="pick">
              <input
                type="checkbox"
                checked={chosen.value.has(one.id)}
                onChange={() => {
                  const now = new Set(chosen.value)
                  if (!now.delete(one.id)) now.add(one.id)
                  chosen.value = now
                }}
              />
              <span class="grow">
                <b>{one.name}</b>
                <span class="small soft">{[one.title, one.unit].filter(Boolean).join(' · ')}</span>
              </span>
              {one.site !== null && one.site !== site.id && <span class="pill">{names.get(one.site)}</span>}
            </label>
          </li>
        ))}
      </ul>
      <p class="small soft num" role="status">
        {site.capacity > 0 ? t.chosenOf(chosen.value.size, site.capacity) : t.placed(chosen.value.size)}
      </p>
      <div class="actions">
        <button type="button" onClick={onClose}>
          {officeText.value.cancel}
        </button>
        <button type="button" class="primary" disabled={isSending.value} onClick={() => void send()}>
          {t.save}
        </button>
      </div>
    </Modal>
  )
}
