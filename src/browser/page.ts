import { Turns } from './turns.ts'

/**
 * Makes the search page quicker, which works without this just as well: what is typed or ticked is searched at once, by asking the
 * server for the same page and putting its hits in the place of those that are shown. Addresses stay those of the form.
 */

/** What is replaced, by id; everything else stays, the field that is being typed in most of all. */
const REPLACED = ['count', 'found'] as const
/** So long after the last letter an address is worth going back to. */
const SETTLED_MS = 1200

type Kind = 'typing' | 'choice' | 'visit'

function start(form: HTMLFormElement, field: HTMLInputElement): void {
  const main = document.getElementById('main') as HTMLElement
  const turns = new Turns()
  let settling: ReturnType<typeof setTimeout> | undefined
  let isComposing = false

  function addressOf(): string {
    const query = new URLSearchParams()
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string' && value !== '') query.append(name, value)
    const text = query.toString()
    return text === '' ? './' : `./?${text}`
  }

  async function show(address: string, kind: Kind): Promise<void> {
    clearTimeout(settling)
    const signal = turns.begin()
    const url = new URL(address, document.baseURI).href
    // letter after letter is one step of the history, a choice is another
    if (kind === 'typing') {
      history.replaceState(null, '', url)
      settling = setTimeout(() => settle(url), SETTLED_MS)
    } else if (kind === 'choice') settle(url)
    document.documentElement.classList.add('waiting')
    try {
      const response = await fetch(url, { headers: { accept: 'text/html' }, signal })
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      if (signal.aborted) return
      if (!response.ok && response.status !== 400) throw new Error(String(response.status))
      replace(page, kind)
    } catch (error) {
      if (signal.aborted) return
      console.error(error)
      fail(() => show(address, kind))
    } finally {
      if (!signal.aborted) document.documentElement.classList.remove('waiting')
    }
  }

  /** The address of the step of the history that this is; what is being typed shows another meanwhile. */
  let settled = location.href
  /** A search that somebody chose or stayed with is a step of its own: the one before must be there to go back to. */
  function settle(url: string): void {
    if (url === settled) return
    if (location.href !== settled) history.replaceState(null, '', settled)
    history.pushState(null, '', url)
    settled = url
  }

  function replace(page: Document, kind: Kind): void {
    const focused = document.activeElement
    const name = focused !== null && focused !== field ? focused.id : ''
    for (const id of REPLACED) {
      const [old, fresh] = [document.getElementById(id), page.getElementById(id)]
      if (old === null || fresh === null) continue
      old.className = fresh.className
      if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes)
    }
    document.querySelector('.failed')?.remove()
    document.title = page.title
    document.documentElement.lang = page.documentElement.lang
    if (kind === 'visit') takeOver(page)
    if (name !== '' && document.activeElement?.id !== name)
      document.getElementById(name)?.focus({ preventScroll: true })
  }

  /** The form says what the page says that came from the history or a link. */
  function takeOver(page: Document): void {
    const value = (id: string): string => (page.getElementById(id) as HTMLInputElement | null)?.value ?? ''
    field.value = value('q')
    const sort = document.getElementById('sort') as HTMLSelectElement | null
    const fresh = page.getElementById('sort')
    if (sort !== null && fresh !== null) {
      sort.replaceChildren(...fresh.childNodes)
    }
    for (const old of form.querySelectorAll('input[type=hidden]')) old.remove()
    form.append(...page.querySelectorAll('#search input[type=hidden]'))
  }

  function fail(again: () => void): void {
    document.querySelector('.failed')?.remove()
    const box = document.createElement('div')
    box.className = 'failed'
    box.setAttribute('role', 'alert')
    const text = document.createElement('span')
    text.textContent = main.dataset['failed'] ?? ''
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = main.dataset['again'] ?? ''
    button.addEventListener('click', () => {
      field.focus()
      again()
    })
    box.append(text, button)
    document.getElementById('found')?.before(box)
  }

  function typed(): void {
    if (!isComposing) turns.soon(() => show(addressOf(), 'typing'))
  }

  field.addEventListener('compositionstart', () => {
    isComposing = true
  })
  field.addEventListener('compositionend', () => {
    isComposing = false
    typed()
  })
  field.addEventListener('input', typed)
  document.addEventListener('change', ({ target }) => {
    const isOfForm = (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) && target.form === form
    if (isOfForm && target !== field) show(addressOf(), 'choice')
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    show(addressOf(), 'choice')
  })
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
    // a search that led somewhere is one to come back to
    if (link !== null) settle(location.href)
    if (
      link?.dataset['go'] === undefined ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    event.preventDefault()
    const url = link.href
    const isPage = link.dataset['go'] === 'page'
    settle(url)
    // what was focused goes away with the hits it belongs to
    if (!isPage) field.focus()
    show(url, 'visit').then(() => {
      if (!isPage) return
      document.documentElement.scrollIntoView({ block: 'start' })
      document.querySelector<HTMLElement>('#hits a')?.focus({ preventScroll: true })
    })
  })
  window.addEventListener('popstate', () => {
    settled = location.href
    show(location.href, 'visit')
  })
}

const form = document.getElementById('search')
const field = document.getElementById('q')
if (form instanceof HTMLFormElement && field instanceof HTMLInputElement) start(form, field)
