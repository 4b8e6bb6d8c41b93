/** The frame of the screens outside the hall. */
import type { ComponentChildren } from 'preact'
import emblem from '../../emblem.svg'
import { isDemo } from '../../state/demo'
import { language, speak, text } from '../../state/i18n'

interface Props {
  children: ComponentChildren
  isBroad?: boolean
}

export function Door({ children, isBroad = false }: Props) {
  const t = text.value
  return (
    <div class="door">
      <header>
        <Emblem />
        <div class="grow name">
          <b>{t.product}</b>
          <div class="small soft">{t.organisation}</div>
        </div>
        <button
          type="button"
          class="quiet"
          lang={language.value === 'vi' ? 'en' : 'vi'}
          onClick={() => void speak(language.value === 'vi' ? 'en' : 'vi')}
        >
          {t.otherLanguage}
        </button>
      </header>
      <main class={isBroad ? 'broad' : ''}>{children}</main>
      <footer>{isDemo.value && t.demo}</footer>
    </div>
  )
}

export function Emblem() {
  return <img class="emblem" src={emblem} alt="" />
}
