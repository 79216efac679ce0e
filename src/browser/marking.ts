import { unanswered } from './box/client.ts'

/** What the server says is to be marked, see `GET /marks`. */
interface Marks {
  readonly words: readonly string[]
  readonly best: string | null
}

/** Nothing inside these is changed. */
const UNTOUCHED =
  'script,style,noscript,template,textarea,input,select,option,button,svg,math,canvas,iframe,object,audio,video,[role=textbox],[contenteditable]:not([contenteditable=false]),fundstelle-suche,mark.fundstelle-mark'
/** A page with more places is marked as far as this. */
const MARKS_MAX = 1000

/** Marks on an article's own page what was searched: the words the server names, and nothing by its own guess. */
export async function markPage(server: string, query: string): Promise<void> {
  const url = location.href.replace(/#.*/, '')
  const asked = `${server}/marks?${new URLSearchParams({ q: query, url })}`
  const response = await fetch(asked, { credentials: 'omit' }).catch(() => null)
  if (response === null) console.error(`fundstelle: ${unanswered(server)}`)
  if (!response?.ok) return
  const { words, best }: Marks = await response.json()
  const marks = markWords(words)
  scrollToBest(marks, best)
}

/** A sign of a word as an expression; pages have soft hyphens between such signs, where long words may break. */
const signOf = (sign: string): string => (sign === ' ' ? '\\s+' : sign.replace(/[.*+?^${}()|[\]\\/]/, '\\$&'))

function markWords(words: readonly string[]): HTMLElement[] {
  if (words.length === 0) return []
  const names = [...words].sort((a, b) => b.length - a.length).map((word) => Array.from(word, signOf).join('\xAD*'))
  const pattern = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${names.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'gu')
  const texts: Text[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement?.closest(UNTOUCHED) === null) texts.push(node as Text)
  }
  const marks: HTMLElement[] = []
  for (const text of texts) {
    for (const match of [...text.data.matchAll(pattern)].reverse()) {
      if (marks.length === MARKS_MAX) return marks
      const mark = document.createElement('mark')
      mark.className = 'fundstelle-mark'
      const found = text.splitText(match.index)
      found.splitText(match[0].length)
      found.replaceWith(mark)
      mark.append(found)
      marks.push(mark)
    }
  }
  return marks
}

/** To where most of the best place is, unless the browser went to a text fragment itself, or somebody has scrolled. */
function scrollToBest(marks: readonly HTMLElement[], best: string | null): void {
  // nobody can be led to what a closed menu hides
  const shown = marks.filter((mark) => mark.getClientRects().length > 0)
  if (scrollY > 0 || shown.length === 0) return
  const wanted = new Set(wordsIn(best ?? ''))
  /** By block how many of the best place's words it has: many marks may share a long one. */
  const scores = new Map<Element | null, number>()
  const score = (mark: HTMLElement): number => {
    const block = mark.closest('p,li,td,dd,blockquote,section,article,div')
    const known = scores.get(block)
    if (known !== undefined) return known
    const count = new Set(wordsIn(block?.textContent ?? '').filter((word) => wanted.has(word))).size
    scores.set(block, count)
    return count
  }
  const inOrder = shown.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
  let [target, most] = [inOrder[0], -1]
  for (const mark of inOrder) {
    const one = wanted.size === 0 ? 0 : score(mark)
    if (one > most) [target, most] = [mark, one]
  }
  target?.scrollIntoView({ block: 'center' })
}

const wordsIn = (text: string): string[] => text.replaceAll('\xAD', '').match(/[\p{L}\p{N}]+/gu) ?? []
