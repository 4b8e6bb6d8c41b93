/** The first page: where a link is needed, or in the demonstration the links themselves. */
import { ArrowRight } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import type { DemoLinks } from '../../gen/protocol'
import { demoLinks } from '../../protocol/http'
import { text } from '../../state/i18n'
import { SIGN_IN } from '../../state/route'
import { Door } from '../parts/door'
import { Face } from '../parts/face'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'

export function Start({ links: given = null }: { links?: DemoLinks | null }) {
  const [links, setLinks] = useState(given)
  useEffect(() => {
    // Outside the demonstration there is no such list, and the page says what to do instead.
    if (given === null) demoLinks().then(setLinks, () => setLinks(null))
  }, [given])
  const t = text.value
  if (links === null) {
    return (
      <Door>
        <Heading>{t.start.title}</Heading>
        <p class="lead">{t.start.lead}</p>
        <p class="soft">{t.start.noLink}</p>
        <p>
          <a class="button" href={SIGN_IN}>
            {t.start.office}
          </a>
        </p>
      </Door>
    )
  }
  return (
    <Door isBroad>
      <div>
        <p class="small soft">{t.start.demoTitle}</p>
        <Heading>{links.title}</Heading>
      </div>
      <p class="lead">{t.start.demoLead}</p>
      <ul class="roles">
        {links.links.map((link) => (
          <li key={link.url}>
            <a class="button" href={link.url} target="_blank" rel="noopener">
              <Face name={link.name} role={link.role} />
              <span class="grow">
                <span class={`pill ${link.role === 'chair' ? 'live' : ''}`}>{t.role[link.role]}</span>
                <b class="line row">{link.name}</b>
                <span class="small soft">{link.title}</span>
              </span>
              <Icon of={ArrowRight} />
            </a>
          </li>
        ))}
      </ul>
      {links.office && (
        <div class="card col">
          <p>
            <a class="button" href={links.office.url} target="_blank" rel="noopener">
              {t.start.office}
            </a>
          </p>
          <p class="soft">{t.start.officeDemo(links.office.login, links.office.password)}</p>
        </div>
      )}
    </Door>
  )
}
