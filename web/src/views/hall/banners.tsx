/** Troubles and savings, each in one line under the header, the worst first. */
import { text } from '../../state/i18n'
import { useActs } from '../acts'

export function Banners() {
  const acts = useActs()
  const { store, choices } = acts
  const t = text.value.banner
  const { saving } = choices
  if (!store.isLinked.value) {
    return (
      <div class="banner bad" role="status">
        <p>{store.media.value === 'connected' ? t.unlinked : t.cutOff}</p>
      </div>
    )
  }
  if (store.media.value === 'apart') {
    const { here } = text.value
    return (
      <div class="banner" role="status">
        <p class="grow">{here.banner}</p>
        <button type="button" onClick={() => void acts.accompany(false)}>
          {here.switchOn}
        </button>
      </div>
    )
  }
  if (store.media.value === 'impossible') {
    const { what, todo } = text.value.refusal.page.no_webrtc
    return (
      <div class="banner" role="status">
        <p>
          {what} {todo}
        </p>
      </div>
    )
  }
  if (store.media.value !== 'connected') {
    const trying = store.media.value === 'connecting' ? t.connecting : t.media
    return (
      <div class="banner" role="status">
        <span class="spinner" />
        <p>{store.mediaProblem.value?.message ?? trying}</p>
      </div>
    )
  }
  if (saving.value !== 'all') {
    return (
      <div class="banner" role="status">
        <p class="grow">{saving.value === 'speaker' ? t.savingSpeaker : t.savingVoices}</p>
        <button
          type="button"
          onClick={() => {
            saving.value = 'all'
          }}
        >
          {t.back}
        </button>
      </div>
    )
  }
  if (store.quality.value.said === 'poor') {
    return (
      <div class="banner" role="status">
        <p class="grow">{t.poor}</p>
        <button
          type="button"
          onClick={() => {
            saving.value = 'speaker'
          }}
        >
          {t.poorDo}
        </button>
      </div>
    )
  }
  return <div />
}
