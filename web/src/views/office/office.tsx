/** The office: signing in, then the screen that the address asks for. */
import { useSignal } from '@preact/signals'
import type { OfficeMe } from '../../gen/protocol'
import { signOut, me as whoAmI } from '../../protocol/office'
import { text } from '../../state/i18n'
import { officeText } from '../../state/office/i18n'
import { EnterProblem } from '../doors/enter'
import { Door } from '../parts/door'
import { cameFrom, useAnswer } from './asking'
import { BodyPage } from './bodies/card'
import { Bodies } from './bodies/list'
import { MembersRoster } from './bodies/roster'
import { ConsultationList } from './consultations/list'
import { NewConsultation } from './consultations/new'
import { ConsultationPage } from './consultations/page'
import { MeetingPage } from './meeting'
import { Meetings } from './meetings'
import { NewMeeting } from './newmeeting'
import { Own } from './own'
import { People } from './people'
import { PersonPage } from './person'
import { OFFICE, place, replace, SIGN_IN } from './place'
import { Repeat } from './repeat'
import { Roster } from './roster'
import { Seating } from './seating'
import { Shell } from './shell'
import { SignIn } from './signin'
import { EnterAnswers } from './surveys/enter'
import { SurveyList } from './surveys/list'
import { SurveyPage } from './surveys/page'
import { Results } from './surveys/results'
import { WriteSurvey } from './surveys/write'
import { Units } from './units'
import '../../css/office.css'
import '../../css/consultations.css'
import '../../css/surveys.css'

export function Office() {
  const signedIn = useSignal<OfficeMe | null>(null)
  if (place.value === SIGN_IN) {
    return (
      <SignIn
        onSignedIn={(me) => {
          signedIn.value = me
          replace(cameFrom ?? OFFICE)
        }}
      />
    )
  }
  return <Inside me={signedIn.value} />
}

function Inside({ me: known }: { me: OfficeMe | null }) {
  const { answer, problem, again } = useAnswer(whoAmI, [], known)
  const me = answer.value
  if (me === null) {
    return problem.value === null ? (
      <Door>
        <p class="loading" role="status">
          {officeText.value.loading}
        </p>
      </Door>
    ) : (
      <EnterProblem problem={problem.value}>
        <button type="button" class="primary" onClick={again}>
          {text.value.retry}
        </button>
      </EnterProblem>
    )
  }
  const leave = () => {
    const out = () => replace(SIGN_IN)
    signOut().then(out, out)
  }
  return (
    <Shell me={me} onSignOut={leave}>
      <Screen me={me} path={place.value} />
    </Shell>
  )
}

function Screen({ me, path }: { me: OfficeMe; path: string }) {
  const [, , first = '', second = '', ...more] = path.split('/').map(decodeURIComponent)
  if (first === 'khao-sat') {
    const [third = '', ...rest] = more
    if (rest.length === 0 && third === '') {
      if (second === '') return <SurveyList me={me} />
      if (second === 'moi') return <WriteSurvey me={me} id={null} />
      return <SurveyPage id={second} key={second} />
    }
    if (rest.length === 0 && third === 'soan') return <WriteSurvey me={me} id={second} key={second} />
    if (rest.length === 0 && third === 'nhap') return <EnterAnswers id={second} key={second} />
    if (rest.length === 0 && third === 'ket-qua') return <Results id={second} key={second} />
  }
  if (first === 'hop' && more.length === 1 && more[0] === 'nhap') {
    return <Seating id={second} key={second} />
  }
  if (first === 'co-quan' && more.length === 1 && more[0] === 'nhap') {
    return <MembersRoster id={second} key={second} />
  }
  if (first === 'hop' && more.length === 1 && more[0] === 'tuong-tu')
    return <Repeat id={second} key={second} />
  if (more.length === 0) {
    if (first === '' && second === '') return <Meetings me={me} />
    if (first === 'hop' && second === 'moi') return <NewMeeting />
    if (first === 'hop' && second !== '') return <MeetingPage id={second} key={second} />
    if (first === 'lay-y-kien' && second === '') return <ConsultationList me={me} />
    if (first === 'lay-y-kien' && second === 'moi') return <NewConsultation me={me} />
    if (first === 'lay-y-kien') return <ConsultationPage id={second} me={me} key={second} />
    if (first === 'nhan-su' && second === 'nhap') return <Roster />
    if (first === 'nhan-su') return second === '' ? <People /> : <PersonPage id={second} key={second} />
    if (first === 'co-quan') {
      return second === '' ? <Bodies me={me} /> : <BodyPage id={second} me={me} key={second} />
    }
    if (first === 'don-vi' && second === '') return <Units me={me} />
    if (first === 'tai-khoan' && second === '') return <Own me={me} />
  }
  return <EnterProblem problem={{ code: 'nowhere', message: '' }} />
}
