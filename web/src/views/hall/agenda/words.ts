/** Texts of the screens on which the agenda is written; they come with these screens. */
import { language } from '../../../state/i18n'
import { counted } from '../../../state/numbers'

const vi = {
  writing: 'Sửa chương trình',
  done: 'Xong',
  add: 'Thêm nội dung',
  addBelow: 'Thêm mục con',
  hint: 'Kéo, hoặc chọn tay nắm rồi bấm phím mũi tên, để đổi thứ tự. Mọi người thấy ngay từng thay đổi.',
  grip: (number: string, title: string) => `Di chuyển mục ${number}, ${title}`,
  edit: (number: string, title: string) => `Sửa mục ${number}, ${title}`,
  moved: (number: string) => `Đã chuyển, nay là mục ${number}.`,
  nowhere: 'Không chuyển được theo hướng này.',
  titleNew: 'Nội dung mới',
  titleBelow: (number: string) => `Mục con mới của mục ${number}`,
  titleEdit: (number: string) => `Sửa mục ${number}`,
  field: {
    title: 'Nội dung',
    presenters: 'Người trình bày',
    planned_at: 'Bắt đầu lúc',
    budget_s: 'Thời lượng (phút)',
  },
  titleMissing: 'Hãy ghi nội dung của mục.',
  budgetWrong: 'Thời lượng là số phút từ 0 đến 1440; để 0 nếu không giới hạn.',
  presenterHint: 'Tên đại biểu trong danh sách, hoặc tên người khác',
  addPresenter: 'Thêm người trình bày',
  dropPresenter: (name: string) => `Bỏ ${name}`,
  save: 'Lưu',
  place: 'Vị trí trong chương trình',
  step: { up: 'Lên', down: 'Xuống', in: 'Thụt vào', out: 'Thụt ra' },
  remove: 'Bỏ mục này',
  removeTitle: (number: string) => `Bỏ mục ${number} khỏi chương trình?`,
  removeLead: (below: number) =>
    below > 0 ? `Bỏ cả ${below} mục con. Không lấy lại được.` : 'Không lấy lại được.',
  begun: 'Mục đã đưa ra họp thì không bỏ được.',
  gone: 'Mục này vừa được bỏ khỏi chương trình. Nội dung đồng chí viết vẫn còn ở đây; bấm Lưu để thêm lại thành mục mới.',
  theirs: (name: string) => `${name} vừa sửa mục này.`,
  theirsLead:
    'Bản của họ hiện bên cạnh bản của đồng chí. Chọn một bản cho từng ô rồi lưu; chưa có gì bị mất.',
  takeTheirs: 'Lấy bản này',
  somebody: 'Người khác',
  nothing: 'để trống',
}

type Words = typeof vi

const en: Words = {
  writing: 'Edit agenda',
  done: 'Done',
  add: 'Add an item',
  addBelow: 'Add a sub-item',
  hint: 'Drag, or choose a handle and press the arrow keys, to change the order. Everybody sees each change at once.',
  grip: (number, title) => `Move item ${number}, ${title}`,
  edit: (number, title) => `Edit item ${number}, ${title}`,
  moved: (number) => `Moved, now item ${number}.`,
  nowhere: 'It cannot go that way.',
  titleNew: 'New item',
  titleBelow: (number) => `New item below ${number}`,
  titleEdit: (number) => `Edit item ${number}`,
  field: {
    title: 'Item',
    presenters: 'Presenters',
    planned_at: 'Begins at',
    budget_s: 'Duration (minutes)',
  },
  titleMissing: 'Please write what the item is about.',
  budgetWrong: 'The duration is a number of minutes from 0 to 1440; 0 means no limit.',
  presenterHint: 'A participant of the list, or somebody else by name',
  addPresenter: 'Add presenter',
  dropPresenter: (name) => `Remove ${name}`,
  save: 'Save',
  place: 'Place in the agenda',
  step: { up: 'Up', down: 'Down', in: 'Indent', out: 'Outdent' },
  remove: 'Take it off',
  removeTitle: (number) => `Take item ${number} off the agenda?`,
  removeLead: (below) =>
    below > 0
      ? `${counted(below, 'sub-item goes', 'sub-items go')} with it. This cannot be undone.`
      : 'This cannot be undone.',
  begun: 'An item that was opened stays on the agenda.',
  gone: 'This item has just been taken off the agenda. Your text is still here; press Save to add it as a new item.',
  theirs: (name) => `${name} has just changed this item.`,
  theirsLead: 'Their text stands beside yours. Choose one for each field, then save; nothing is lost.',
  takeTheirs: 'Take this one',
  somebody: 'Somebody else',
  nothing: 'empty',
}

export function words(): Words {
  return language.value === 'en' ? en : vi
}
