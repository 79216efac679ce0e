import { CLOSE, OPEN } from './client.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] as string)

/** A formatted text as nodes: it is never read as markup. */
export function nodesOf(formatted: string): (string | HTMLElement)[] {
  return formatted.split(OPEN).flatMap((piece, at) => {
    const end = at === 0 ? -1 : piece.indexOf(CLOSE)
    if (end < 0) return [plain(piece)]
    const mark = document.createElement('mark')
    mark.setAttribute('part', 'mark')
    mark.textContent = plain(piece.slice(0, end))
    return [mark, plain(piece.slice(end + CLOSE.length))]
  })
}

/** Words of a snippet from its first match on, for a text fragment: such a link scrolls to them and shows them. */
export function fragmentOf(snippet: string): string {
  const from = snippet.indexOf(OPEN)
  if (from < 0) return ''
  const [line = ''] = plain(snippet.slice(from).replaceAll(OPEN, '').replaceAll(CLOSE, ''))
    // behind a crop marker other words follow than on the page
    .split(/\n| … /)
  const words = line.split(/ +/)
  const text = words.slice(0, FRAGMENT_WORDS).join(' ').trim()
  return text === '' ? '' : `:~:text=${encodeURIComponent(text).replaceAll('-', '%2D')}`
}

const FRAGMENT_WORDS = 4

/** A snippet with its first match near its start: a narrow box shows no more than two lines. */
export function shortened(snippet: string): string {
  const match = snippet.indexOf(OPEN)
  if (match <= LEAD_MAX) return snippet
  const from = snippet.lastIndexOf(' ', match - LEAD_LENGTH)
  // one long word is no reason to leave it out
  return from < LEAD_CUT_MIN ? snippet : `…${snippet.slice(from)}`
}

/** Characters before the first match: with more, as many of them stay, and so many at least are worth a cut. */
const LEAD_MAX = 40
const LEAD_LENGTH = 24
const LEAD_CUT_MIN = 4
