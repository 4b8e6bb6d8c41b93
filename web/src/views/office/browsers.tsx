/** Where an account is signed in, and signing it out there. */
import type { OfficeBrowsers } from '../../gen/protocol'
import { sessions as ask, endSession } from '../../protocol/office'
import { language } from '../../state/i18n'
import { deviceName } from '../../state/office/devices'
import { officeText } from '../../state/office/i18n'
import { dayAndTime } from '../../state/office/times'
import { useAnswer, useChange } from './asking'
import { Refusal } from './fields'

interface Props {
  /** Empty: one's own. */
  account?: string
  given?: OfficeBrowsers | null
}

export function Browsers({ account = '', given = null }: Props) {
  const { answer, problem } = useAnswer(() => ask(account), [account], given)
  const { make, isSending, problem: refused } = useChange()
  const t = officeText.value.browsers
  const sessions = answer.value?.sessions

  async function end(id: string) {
    await make((keyFor) => endSession(id, { key: keyFor({ end: id }) }))
    answer.value = await ask(account)
  }

  return (
    <>
      <Refusal problem={problem.value ?? refused.value} />
      {sessions?.length === 0 && <p class="soft">{t.none}</p>}
      <ul class="rows">
        {sessions?.map((one) => (
          <li key={one.id}>
            <div class="grow">
              <b>{deviceName(one.device)}</b>
              <div class="small soft num">
                {t.opened} {dayAndTime(one.opened_at, language.value)} · {t.seen}{' '}
                {dayAndTime(one.seen_at, language.value)}
              </div>
            </div>
            {one.is_this ? (
              <span class="pill ok">{t.here}</span>
            ) : (
              <button type="button" disabled={isSending.value} onClick={() => void end(one.id)}>
                {t.end}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
