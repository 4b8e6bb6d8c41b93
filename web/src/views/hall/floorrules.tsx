/** The rules of the floor: in which order people are called, and for how long they speak. */
import { useSignal } from '@preact/signals'
import type { FloorRules } from '../../gen/protocol'
import { emptyFloor } from '../../state/floor'
import { language, text } from '../../state/i18n'
import { order, useActs } from '../acts'
import { Modal } from '../parts/modal'

const vi = {
  title: 'Quy định phát biểu',
  order: 'Thứ tự mời',
  orders: {
    asked: ['Theo đăng ký', 'Ai đăng ký trước được mời trước.'],
    unit: ['Theo đơn vị', 'Mỗi đơn vị một người, rồi mới đến người thứ hai của đơn vị.'],
    spoken: ['Theo thời gian', 'Ai phát biểu ít nhất được mời trước.'],
  } as Record<FloorRules['turn_order'], [string, string]>,
  limits: 'Thời gian, tính bằng phút (0 là không giới hạn)',
  speech_limit_s: 'Mỗi lượt phát biểu',
  question_limit_s: 'Mỗi lượt chất vấn',
  unit_budget_s: 'Mỗi đơn vị, cả cuộc họp',
  wrong: 'Hãy ghi số phút từ 0 đến 240, ví dụ 5 hoặc 2,5.',
  lead: 'Hết giờ chỉ nhắc, không tự tắt micrô. Người đang phát biểu giữ thời gian đã được mời.',
  save: 'Áp dụng',
}
const en: typeof vi = {
  title: 'Rules of the floor',
  order: 'Order of turns',
  orders: {
    asked: ['As registered', 'Who registered first is called first.'],
    unit: ['By unit', "One person of each unit, then every unit's second."],
    spoken: ['By time', 'Who has spoken least is called first.'],
  },
  limits: 'Time, in minutes (0 is no limit)',
  speech_limit_s: 'Each speech',
  question_limit_s: 'Each question',
  unit_budget_s: 'Each unit, in the whole meeting',
  wrong: 'Write a number of minutes from 0 to 240, such as 5 or 2.5.',
  lead: 'When time is up screens warn; no microphone is cut off. Who speaks keeps the time they were given.',
  save: 'Apply',
}

const LIMITS = ['speech_limit_s', 'question_limit_s', 'unit_budget_s'] as const
const MINUTES_MAX = 240

/** Seconds; null for what is no number of minutes. */
function secondsOf(written: string): number | null {
  if (!/^\d{1,3}([.,]\d{1,2})?$/.test(written.trim())) return null
  const minutes = Number(written.trim().replace(',', '.'))
  return minutes <= MINUTES_MAX ? Math.round(minutes * 60) : null
}

function minutesOf(seconds: number): string {
  return String(Math.round((seconds / 60) * 100) / 100).replace('.', language.value === 'vi' ? ',' : '.')
}

export function FloorRulesForm({ onClose }: { onClose: () => void }) {
  const acts = useActs()
  const t = language.value === 'en' ? en : vi
  const before = acts.store.meeting.value?.floor.rules ?? emptyFloor.rules
  const turn_order = useSignal(before.turn_order)
  const written = useSignal({
    speech_limit_s: minutesOf(before.speech_limit_s),
    question_limit_s: minutesOf(before.question_limit_s),
    unit_budget_s: minutesOf(before.unit_budget_s),
  })
  const isTried = useSignal(false)
  const save = async () => {
    isTried.value = true
    const [speech_limit_s, question_limit_s, unit_budget_s] = LIMITS.map((limit) =>
      secondsOf(written.value[limit]),
    )
    const wrong = LIMITS.find((limit) => secondsOf(written.value[limit]) === null)
    if (wrong) return document.getElementById(wrong)?.focus()
    const result = await order(acts, {
      type: 'set_floor_rules',
      turn_order: turn_order.value,
      speech_limit_s: speech_limit_s ?? 0,
      question_limit_s: question_limit_s ?? 0,
      unit_budget_s: unit_budget_s ?? 0,
    })
    if (result.ok || result.problem?.code === 'already_so') onClose()
  }
  return (
    <Modal title={t.title} onClose={onClose}>
      <fieldset class="segments" aria-label={t.order}>
        {(['asked', 'unit', 'spoken'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={turn_order.value === one}
            onClick={() => {
              turn_order.value = one
            }}
          >
            {t.orders[one][0]}
          </button>
        ))}
      </fieldset>
      <p class="small soft">{t.orders[turn_order.value][1]}</p>
      <b>{t.limits}</b>
      {LIMITS.map((limit) => {
        const isWrong = isTried.value && secondsOf(written.value[limit]) === null
        return (
          <div key={limit}>
            <label for={limit}>{t[limit]}</label>
            <input
              id={limit}
              inputMode="decimal"
              value={written.value[limit]}
              aria-invalid={isWrong}
              aria-describedby={isWrong ? `${limit}-wrong` : undefined}
              onInput={({ currentTarget: { value } }) => {
                written.value = { ...written.value, [limit]: value }
              }}
            />
            {isWrong && (
              <p id={`${limit}-wrong`} class="fault">
                {t.wrong}
              </p>
            )}
          </div>
        )
      })}
      <p class="small soft">{t.lead}</p>
      <div class="actions">
        <button type="button" onClick={onClose}>
          {text.value.cancel}
        </button>
        <button type="button" class="primary" onClick={() => void save()}>
          {t.save}
        </button>
      </div>
    </Modal>
  )
}
