/** The time of the speech: what is left of its limit, or how long it is already, in words and colour. */
import { digits } from '../../state/durations'
import { speechTime } from '../../state/floor'
import { text } from '../../state/i18n'
import { useActs } from '../acts'

export function SpeechTime() {
  const { store } = useActs()
  const t = text.value
  const floor = store.meeting.value?.floor
  const time = floor && speechTime(floor, store.now.value)
  if (!time) return null
  const { spoke_s, left_s, pace, isPaused } = time
  return (
    <span class={`num clock ${pace ?? ''}`}>
      {left_s === null
        ? digits(spoke_s)
        : left_s >= 0
          ? t.hall.left(digits(left_s))
          : t.hall.over(digits(-left_s))}
      {pace === 'soon' && !isPaused && `, ${t.agenda.soon}`}
      {isPaused && `, ${t.queue.paused}`}
    </span>
  )
}
