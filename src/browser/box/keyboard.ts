import type { LiveSearch } from './live-search.ts'
import { select, submit } from './navigation.ts'

/** Does what a key does in the input of a combobox (WAI-ARIA Authoring Practices 1.2). */
export function pressKey(event: KeyboardEvent, element: Element, live: LiveSearch): void {
  // a key of an input method is not for us
  if (event.isComposing || event.keyCode === 229) return
  const { key, altKey } = event
  const { view } = live
  const { listbox } = view
  const isWithControl = event.ctrlKey || event.metaKey
  const hasOptions = listbox.options.length > 0
  if (key === 'Escape') {
    if (!stepBack(live)) return
  } else if (key === 'ArrowDown' && !isWithControl) {
    const wasOpen = view.isOpen
    view.show()
    if (!altKey && hasOptions) {
      if (wasOpen) listbox.next()
      else listbox.choose(0)
    }
  } else if (key === 'ArrowUp' && !isWithControl) {
    if (altKey) view.close()
    else if (hasOptions) {
      view.show()
      listbox.previous()
    }
  } else if (key === 'Enter') {
    const { chosen } = listbox
    if (chosen !== undefined && view.isOpen) select(element, live, chosen, event)
    else submit(element, view, isWithControl)
  } else {
    // Home, End and the other keys of an input do what they do, and nothing is chosen any more
    if (!['Shift', 'Control', 'Alt', 'Meta'].includes(key)) listbox.choose(-1)
    // what there is to press in the panel can be reached
    if (key === 'Tab' && view.parts.message.querySelector('button') === null) view.close()
    return
  }
  event.preventDefault()
  event.stopPropagation()
}

/** First the hits go, then what was typed; then the key is the page's, or closes the dialog. */
function stepBack(live: LiveSearch): boolean {
  const { view } = live
  const { input, dialog } = view.parts
  if (view.isOpen && dialog === null) view.close()
  else if (input.value !== '') {
    input.value = ''
    live.clear()
  } else return false
  return true
}
