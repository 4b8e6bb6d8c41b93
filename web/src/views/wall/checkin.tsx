/** The code that people scan as they come in, and how many are here at each site. */
import type { HallCode } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { attendants } from '../../state/meeting'
import { useActs } from '../acts'
import { CodePicture, useHallCode } from '../parts/hallcode'

/** More sites than this are counted together. */
const SITES_SHOWN = 12

export function CheckInOnWall({ given = null }: { given?: HallCode | null }) {
  const { store } = useActs()
  const { code } = useHallCode(null, given)
  const { here, wall } = text.value
  const meeting = store.meeting.value
  if (meeting === null) return null
  const people = attendants(meeting)
  const sites = meeting.sites.slice(0, SITES_SHOWN)
  return (
    <main class="whole checkin">
      <h2>{code?.site ? here.wall.titleAt(code.site) : here.wall.title}</h2>
      <div class="columns">
        {code && <CodePicture code={code} alt={here.wall.code} />}
        <div class="grow">
          <ol>
            {here.wall.steps.map((step, i) => (
              <li key={step}>
                <span class="number num">{i + 1}</span>
                {step}
              </li>
            ))}
          </ol>
          <p class="num large">{wall.present(store.presentCount.value, people.length)}</p>
          {sites.length > 0 && (
            <ul class="sites">
              {sites.map((site) => {
                const there = people.filter((one) => one.site === site.id)
                return (
                  <li key={site.id}>
                    <span class="grow line">{site.name}</span>
                    <b class="num">
                      {there.filter((one) => one.how === 'in_person').length}/{there.length}
                    </b>
                  </li>
                )
              })}
            </ul>
          )}
        </div>
      </div>
    </main>
  )
}
