/** The minutes of a count as a page to print and to sign. */
import type { Vote } from '../../gen/protocol'
import { countingMinutes } from '../../state/counting'
import { language, numeral, text } from '../../state/i18n'
import { isForm } from '../../state/votes'
import { useActs } from '../acts'
import { Modal } from '../parts/modal'
import { majority } from '../parts/result'

export function Counting({ vote, onClose }: { vote: Vote; onClose: () => void }) {
  const meeting = useActs().store.meeting.value
  const t = text.value.vote.minutes
  if (meeting === null) return null
  const clock = new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : 'vi-VN', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Ho_Chi_Minh',
  })
  const at = (moment: string) => clock.format(new Date(moment))
  const minutes = countingMinutes(meeting, vote, text.value, at, majority(vote))
  return (
    <Modal
      title={isForm(vote) ? text.value.vote.form.instead.result : t.title}
      class="counting"
      onClose={onClose}
    >
      <article class="sheet">
        <header>
          <p>
            <b>{meeting.unit.toLocaleUpperCase('vi')}</b>
          </p>
          <p>
            <b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>
            <br />
            <b>Độc lập - Tự do - Hạnh phúc</b>
          </p>
        </header>
        <h3 tabIndex={-1} autofocus>
          {isForm(vote) ? text.value.vote.form.heading : t.heading}
        </h3>
        <dl>
          {minutes.facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class="num">{value}</dd>
            </div>
          ))}
        </dl>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.option}</th>
              <th scope="col">{t.votes}</th>
            </tr>
          </thead>
          <tbody>
            {minutes.counts.map(([name, votes, isElected]) => (
              <tr key={name}>
                <th scope="row">{isElected ? `${name} (${text.value.vote.elected})` : name}</th>
                <td class="num">{numeral(votes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          <b>{t.conclusion(minutes.conclusion)}</b>
        </p>
        <footer>
          <p>
            <b>{t.tellers}</b>
            {minutes.tellers.map((name) => (
              <span key={name}>{name}</span>
            ))}
          </p>
          <p>
            <b>{t.chair}</b>
          </p>
        </footer>
      </article>
      <div class="row wrap unprinted">
        <button type="button" class="primary grow" onClick={() => window.print()}>
          {t.print}
        </button>
        <button type="button" class="grow" onClick={onClose}>
          {text.value.close}
        </button>
      </div>
    </Modal>
  )
}
