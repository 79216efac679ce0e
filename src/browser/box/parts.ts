import { CROSS, icon, LENS, make } from './elements.ts'
import type { Words } from './words.ts'

/** What the box is made of, in either mode. */
export interface Parts {
  readonly form: HTMLFormElement
  readonly input: HTMLInputElement
  /** Folds out below the input: the options, and what there is to say instead. */
  readonly panel: HTMLElement
  readonly list: HTMLElement
  readonly message: HTMLElement
  /** What is said to those who do not see the panel. */
  readonly live: HTMLElement
  /** Around all of it in the mode `dialog`, and the button that opens it; else null. */
  readonly dialog: HTMLDialogElement | null
  readonly opener: HTMLElement | null
}

export interface Wishes {
  readonly words: Words
  /** Unique on the page. */
  readonly id: string
  readonly placeholder: string
  readonly isDialog: boolean
  /** Written on the opener; empty for none. */
  readonly keyName: string
}

export function partsOf({ words, id, placeholder, isDialog, keyName }: Wishes): Parts {
  const input = make('input', {
    part: 'input',
    type: 'search',
    name: 'q',
    role: 'combobox',
    'aria-label': words.label,
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': id,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    enterkeyhint: 'search',
    placeholder,
  })
  const submit = make('button', { part: 'submit', class: 'go', 'aria-label': words.submit }, icon(LENS))
  const form = make('form', { part: 'form', role: 'search' })
  const list = make('div', { part: 'list', id, role: 'listbox', 'aria-label': words.list })
  const message = make('div', { part: 'message', class: 'say' })
  const panel = make('div', { part: 'panel', class: 'panel' }, list, message)
  panel.hidden = true
  const live = make('div', { role: 'status', class: 'live' })
  let dialog: HTMLDialogElement | null = null
  let opener: HTMLElement | null = null
  if (isDialog) {
    const close = buttonWith('close', 'shut', icon(CROSS))
    close.ariaLabel = words.close
    close.addEventListener('click', () => dialog?.close())
    form.append(make('div', {}, input, submit), close)
    dialog = make('dialog', { part: 'dialog', 'aria-label': words.label }, form, panel, live)
    opener = buttonWith('opener', 'opener', icon(LENS), placeholder)
    opener.ariaHasPopup = 'dialog'
    if (keyName !== '') opener.append(make('kbd', { part: 'hotkey', 'aria-hidden': 'true' }, keyName))
  } else form.append(input, submit)
  return { form, input, panel, list, message, live, dialog, opener }
}

const buttonWith = (part: string, name: string, ...children: readonly (Node | string)[]): HTMLButtonElement =>
  make('button', { part, class: name, type: 'button' }, ...children)
