/** The frame of the office: where one can go, who is signed in, and the screen itself. */
import { useSignal } from '@preact/signals'
import {
  CalendarDays,
  CircleUser,
  ClipboardList,
  Ellipsis,
  type IconNode,
  Landmark,
  LogOut,
  MessagesSquare,
  Network,
  Users,
} from 'lucide'
import type { ComponentChildren } from 'preact'
import type { OfficeMe } from '../../gen/protocol'
import { isDemo } from '../../state/demo'
import { language, speak, text } from '../../state/i18n'
import { officeText } from '../../state/office/i18n'
import { Emblem } from '../parts/door'
import { Face } from '../parts/face'
import { Icon } from '../parts/icon'
import { Modal } from '../parts/modal'
import { Link, OFFICE, place } from './place'

interface Props {
  me: OfficeMe
  onSignOut: () => void
  children: ComponentChildren
}

type Entry = [path: string, name: string, icon: IconNode]

/** So many stand in the bar of a phone; the others are behind its last button. */
const IN_BAR = 4

function entries(): Entry[] {
  const { nav } = officeText.value
  return [
    [OFFICE, nav.meetings, CalendarDays],
    [`${OFFICE}/lay-y-kien`, nav.consultations, MessagesSquare],
    [`${OFFICE}/khao-sat`, nav.surveys, ClipboardList],
    [`${OFFICE}/nhan-su`, nav.people, Users],
    [`${OFFICE}/co-quan`, nav.bodies, Landmark],
    [`${OFFICE}/don-vi`, nav.units, Network],
    [`${OFFICE}/tai-khoan`, nav.own, CircleUser],
  ]
}

/** A meeting belongs to the list of meetings, which stands at the office's own address. */
function isCurrent(path: string): boolean {
  const now = place.value
  return path === OFFICE ? now === OFFICE || now.startsWith(`${OFFICE}/hop`) : now.startsWith(path)
}

export function Shell({ me, onSignOut, children }: Props) {
  const t = officeText.value
  const others = entries().slice(IN_BAR)
  /** Where the list of the others was opened; elsewhere it is done with. */
  const asksAt = useSignal<string | null>(null)
  return (
    <div class="office">
      <header>
        <Link to={OFFICE} class="home">
          <Emblem />
          <span class="name">
            <b>{text.value.product}</b>
            <span class="small soft">{t.name}</span>
          </span>
        </Link>
        <button
          type="button"
          class="quiet"
          lang={language.value === 'vi' ? 'en' : 'vi'}
          onClick={() => void speak(language.value === 'vi' ? 'en' : 'vi')}
        >
          {text.value.otherLanguage}
        </button>
        <button type="button" class="quiet only-phone" aria-label={t.nav.signOut} onClick={onSignOut}>
          <Icon of={LogOut} />
        </button>
      </header>
      <nav aria-label={t.nav.label}>
        <ul>
          {entries().map(([path, name, icon], at) => (
            <li key={path} class={at < IN_BAR ? '' : 'not-phone'}>
              <Link to={path} class="button quiet" current={isCurrent(path)}>
                <Icon of={icon} />
                <span>{name}</span>
              </Link>
            </li>
          ))}
          <li class="only-phone">
            <button
              type="button"
              class="button quiet"
              aria-haspopup="dialog"
              aria-current={others.some(([path]) => isCurrent(path))}
              onClick={() => {
                asksAt.value = place.value
              }}
            >
              <Icon of={Ellipsis} />
              <span>{t.nav.more}</span>
            </button>
          </li>
        </ul>
        <div class="me">
          <div class="row">
            <Face name={me.name} />
            <div class="grow">
              <b class="line">{me.name}</b>
              <div class="small soft line">{t.officerRole[me.role]}</div>
              <div class="small soft line">{me.unit_name}</div>
            </div>
          </div>
          <button type="button" class="quiet" onClick={onSignOut}>
            <Icon of={LogOut} />
            {t.nav.signOut}
          </button>
        </div>
      </nav>
      <main key={place.value}>{children}</main>
      {isDemo.value && <footer class="small soft">{text.value.demo}</footer>}
      {asksAt.value === place.value && (
        <More
          entries={others}
          onClose={() => {
            asksAt.value = null
          }}
        />
      )}
    </div>
  )
}

interface MoreProps {
  entries: readonly Entry[]
  onClose: () => void
}

/** What the bar of a phone has no room for. */
function More({ entries, onClose }: MoreProps) {
  return (
    <Modal title={officeText.value.nav.more} onClose={onClose}>
      <ul class="others">
        {entries.map(([path, name, icon]) => (
          <li key={path}>
            <Link to={path} class="button quiet" current={isCurrent(path)}>
              <Icon of={icon} />
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <button type="button" onClick={onClose}>
        {text.value.close}
      </button>
    </Modal>
  )
}
