import { CROSS, icon, LENS, make } from './elements.ts'
import type { Words } from './words.ts'

/** What the box is made of, in either mode. */
export interface Parts {
  /** Around all of it: what a site's styles do to the element itself does not reach in here. */
  readonly box: HTMLElement
  readonly form: HTMLFormElement
  readonly input: HTMLInputElement
  readonly submit: HTMLElement
  /** Folds out below the input: the options, and what there is to say instead. */
  readonly panel: HTMLElement
  readonly list: HTMLElement
  readonly message: HTMLElement
  /** What is said to those who do not see the panel. */
  readonly live: HTMLElement
  /** Null but for the mode `dialog`. */
  readonly dialog: Dialog | null
}

/** Around input and panel, the button that opens it, and the one that closes it. */
interface Dialog {
  readonly element: HTMLDialogElement
  readonly opener: HTMLElement
  readonly close: HTMLElement
}

/** What is written on the parts. */
export interface Labels {
  readonly words: Words
  /** Of this box among others. */
  readonly name: string
  readonly placeholder: string
  /** The key that leads here; empty for none. */
  readonly keyName: string
}

/** @param id unique on the page */
export function partsOf(id: string, isDialog: boolean): Parts {
  const input = make('input', {
    part: 'input',
    type: 'search',
    name: 'q',
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': id,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
  })
  const submit = make('button', { part: 'submit', class: 'go' }, icon(LENS))
  const form = make('form', { part: 'form', role: 'search' }, make('div', { class: 'field' }, input, submit))
  const list = make('div', { part: 'list', id, role: 'listbox' })
  const message = make('div', { part: 'message', class: 'say' })
  const panel = make('div', { part: 'panel', class: 'panel' }, list, message)
  panel.hidden = true
  const live = make('div', { role: 'status', class: 'live' })
  const box = make('div', { class: 'box' })
  const dialog = isDialog ? dialogAround(form, panel, live) : null
  if (dialog === null) box.append(form, panel, live)
  else box.append(dialog.opener, dialog.element)
  return { box, form, input, submit, panel, list, message, live, dialog }
}

function dialogAround(form: HTMLElement, ...others: readonly HTMLElement[]): Dialog {
  const close = make('button', { part: 'close', class: 'shut', type: 'button' }, icon(CROSS))
  form.append(close)
  const element = make('dialog', { part: 'dialog' }, form, ...others)
  const opener = make('button', { part: 'opener', class: 'opener', type: 'button', 'aria-haspopup': 'dialog' })
  close.addEventListener('click', () => element.close())
  return { element, opener, close }
}

/** Writes on the parts what they are; as often as it changes. */
export function label(parts: Parts, { words, name, placeholder, keyName }: Labels): void {
  const { form, input, submit, list, dialog } = parts
  form.ariaLabel = name
  input.ariaLabel = name
  input.placeholder = placeholder
  submit.ariaLabel = words.submit
  list.ariaLabel = words.list
  if (dialog === null) return
  dialog.element.ariaLabel = name
  dialog.close.ariaLabel = words.close
  dialog.opener.replaceChildren(icon(LENS), placeholder)
  if (keyName !== '') dialog.opener.append(make('kbd', { part: 'hotkey', 'aria-hidden': 'true' }, keyName))
}
