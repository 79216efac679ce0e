import { isHotkey, isTypingElsewhere } from './shared/hotkey.ts'
import { Turns } from './shared/turns.ts'
import { isLetter } from './shared/typing.ts'

/**
 * Makes the search page quicker, which works without this just as well: what is typed or ticked is searched at once, by asking the
 * server for the same page and putting its hits in the place of those that are shown. Addresses stay those of the form.
 */

/** What is replaced, by id; everything else stays, the field that is being typed in most of all. */
const REPLACED = ['count', 'kept', 'results', 'facets', 'reset'] as const
/** What only comes and goes. */
const SHOWN_OR_HIDDEN = ['narrow', 'dates'] as const
/** So long after the last letter an address is worth going back to. */
const SETTLED_MS = 1200
/** While a year is typed it begins with zeros. */
const FIRST_DAY = '1000'

/** How an address came to be shown: letter by letter, figure by figure of a day, by Enter, by a choice, or from the history or a link. */
type Kind = 'typing' | 'day' | 'enter' | 'choice' | 'visit'

const byId = (id: string): HTMLElement | null => document.getElementById(id)

function start(form: HTMLFormElement, field: HTMLInputElement): void {
  const turns = new Turns()
  let isComposing = false
  /** The page that is shown, or on its way. */
  let current = pageOf(location.href)

  function addressOf(): string {
    const query = new URLSearchParams()
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string' && value !== '') query.append(name, value)
    const text = query.toString()
    return text === '' ? './' : `./?${text}`
  }

  /** Returns whether it has come to show that address: another may have been asked for meanwhile, or the server may be gone. */
  async function show(address: string, kind: Kind): Promise<boolean> {
    const signal = turns.begin()
    const url = new URL(address, document.baseURI).href
    remember(url, kind)
    current = pageOf(url)
    document.documentElement.classList.add('waiting')
    try {
      // a word that is begun is no slip; what stays in the address is searched as it stands
      const asked = new URL(url)
      if (kind === 'typing') asked.searchParams.set('typing', 'true')
      const response = await fetch(asked, { headers: { accept: 'text/html' }, signal })
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      if (signal.aborted) return false
      if (!response.ok && response.status !== 400) throw new Error(String(response.status))
      replace(page, kind)
      return true
    } catch (error) {
      if (signal.aborted) return false
      console.error(error)
      fail(() => show(address, kind))
      return false
    } finally {
      if (!signal.aborted) document.documentElement.classList.remove('waiting')
    }
  }

  function typed(): void {
    if (isComposing) return
    if (isLetter(field.value)) turns.wait()
    else turns.soon(() => show(addressOf(), 'typing'))
  }

  // the browser does so a frame later, when somebody may be typing already
  if (field.autofocus && document.activeElement === document.body) field.focus({ preventScroll: true })
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
    if (!isOfForm || target === field) return
    // a day is typed too, figure by figure
    if (target.type !== 'date') show(addressOf(), 'choice')
    else if (target.value === '' || target.value >= FIRST_DAY) turns.soon(() => show(addressOf(), 'day'))
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    show(addressOf(), 'enter')
  })
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-go]') : null
    if (link === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (pageOf(link.href) !== pageOf(location.href)) history.pushState(null, '', link.href)
    const isPage = link.dataset['go'] === 'page'
    show(link.href, 'visit').then((isShown) => {
      if (!isShown || !isPage) return
      document.documentElement.scrollIntoView({ block: 'start' })
      document.querySelector<HTMLElement>('#hits a')?.focus({ preventScroll: true })
    })
  })
  window.addEventListener('popstate', () => {
    // another place on the same page is no other page
    if (pageOf(location.href) !== current) show(location.href, 'visit')
  })
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || !isHotkey(event, 'mod+k /')) return
    if (event.key === '/' && isTypingElsewhere(event)) return
    event.preventDefault()
    field.focus()
    field.select()
  })

  /** Puts what a page has in the place of what is shown. The focus stays where it is, or as near as can be. */
  function replace(page: Document, kind: Kind): void {
    const focused = document.activeElement
    for (const id of REPLACED) {
      const [old, fresh] = [byId(id), page.getElementById(id)]
      if (old === null || fresh === null) continue
      old.className = fresh.className
      // what is ticked does not show in it, and comes from elsewhere where the address does
      if (kind === 'visit' || old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes)
    }
    for (const id of SHOWN_OR_HIDDEN) {
      const [old, fresh] = [byId(id), page.getElementById(id)]
      if (old !== null && fresh !== null) old.hidden = fresh.hidden && !old.contains(document.activeElement)
    }
    byId('found')?.classList.toggle('two', !byId('narrow')?.hidden)
    document.querySelector('.failed')?.remove()
    document.title = page.title
    document.documentElement.lang = page.documentElement.lang
    if (kind === 'visit') takeOver(page)
    takeOverSort(page)
    if (focused !== null && !focused.isConnected) (sameAs(focused) ?? byId('count'))?.focus({ preventScroll: true })
  }

  /** The form says what the page says that came from the history or a link. */
  function takeOver(page: Document): void {
    for (const id of ['q', 'from', 'to']) {
      const [old, fresh] = [byId(id), page.getElementById(id)]
      if (old !== null && fresh !== null) (old as HTMLInputElement).value = (fresh as HTMLInputElement).value
    }
  }

  /** What hits can be sorted by depends on whether anything is asked for; what is chosen is what the address says. */
  function takeOverSort(page: Document): void {
    const [old, fresh] = [byId('sort'), page.getElementById('sort')]
    if (!(old instanceof HTMLSelectElement) || !(fresh instanceof HTMLSelectElement)) return
    const { value } = fresh
    if (old.textContent !== fresh.textContent) old.replaceChildren(...fresh.childNodes)
    old.value = value
  }

  function fail(again: () => void): void {
    document.querySelector('.failed')?.remove()
    const { failed = '', again: label = '' } = byId('main')?.dataset ?? {}
    const box = document.createElement('div')
    box.className = 'failed'
    box.setAttribute('role', 'alert')
    const text = document.createElement('span')
    text.textContent = failed
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = label
    button.addEventListener('click', () => {
      field.focus()
      again()
    })
    box.append(text, button)
    byId('found')?.before(box)
  }
}

/** An address without the place on the page. */
const pageOf = (address: string): string => address.replace(/#.*/, '')

/** The link or box of the page that says what one says that is gone. */
function sameAs(gone: Element): HTMLElement | undefined {
  if (gone instanceof HTMLInputElement)
    return [...document.querySelectorAll<HTMLInputElement>('#facets input')].find(
      ({ name, value }) => name === gone.name && value === gone.value,
    )
  const address = gone.getAttribute('href')
  return [...document.querySelectorAll<HTMLElement>('#found a')].find((link) => link.getAttribute('href') === address)
}

/** Whether the step of the history that this is stands for itself: what is typed next begins another, and goes on in that one. */
let isSettled = true
let settling: ReturnType<typeof setTimeout> | undefined

/** Letter after letter is one step of the history, a choice is another. */
function remember(url: string, kind: Kind): void {
  clearTimeout(settling)
  if (kind !== 'visit' && pageOf(url) !== pageOf(location.href)) {
    if (isSettled || kind === 'choice') history.pushState(null, '', url)
    else history.replaceState(null, '', url)
  }
  isSettled = kind !== 'typing' && kind !== 'day'
  if (!isSettled) {
    settling = setTimeout(() => {
      isSettled = true
    }, SETTLED_MS)
  }
}

const form = document.getElementById('search')
const field = document.getElementById('q')
if (form instanceof HTMLFormElement && field instanceof HTMLInputElement) start(form, field)
