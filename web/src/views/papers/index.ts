/** What is loaded when somebody looks at the papers: the list, the viewer, and their styles. */
import '../../css/papers.css'
import '../../css/viewer.css'

export { PaperList } from './list'
export { Viewer } from './viewer'
