import { linksOf, searchAddress } from './addresses.ts'
import { tell } from './events.ts'
import type { LiveSearch } from './live-search.ts'
import type { View } from './view.ts'

/** What a click on an option or Enter does; a click that opens a tab is the browser's own. */
export function select(
  element: Element,
  live: LiveSearch,
  option: HTMLAnchorElement,
  event: MouseEvent | KeyboardEvent,
): void {
  const { view } = live
  const { meant, hit } = option.dataset
  const inTab = event.ctrlKey || event.metaKey || event.shiftKey || event.type === 'auxclick'
  const isKey = event.type === 'keydown'
  if (meant !== undefined && !inTab) {
    event.preventDefault()
    view.parts.input.value = meant
    live.search(meant)
    return
  }
  if (hit !== undefined && !tell(element, 'fundstelle-select', { id: hit, url: option.href, query: live.shownQuery })) {
    event.preventDefault()
    return
  }
  if (isKey) go(view, option.href, inTab)
  else if (!inTab) view.leave()
}

/** Leads to the page of all hits. */
export function submit(element: Element, view: View, inTab: boolean): void {
  const query = view.parts.input.value.trim()
  if (query !== '') go(view, searchAddress(query, linksOf(element)), inTab)
}

function go(view: View, address: string, inTab: boolean): void {
  if (inTab) open(address, '_blank', 'noopener')
  else {
    view.leave()
    location.assign(address)
  }
}
