/** What a page is called in its head; empty where it is not. */
export interface HeadTitles {
  /** `headline` of JSON-LD. */
  readonly headline: string
  /** `og:title`. */
  readonly shared: string
  /** `<title>`. */
  readonly window: string
  /** `og:site_name`. */
  readonly site: string
}

/** A heading has at least this share of its words in common with some title of the head. */
const COMMON_SHARE_MIN = 0.5
/** What is left of a title without the name of its site has at least this share of it. */
const LEFT_SHARE_MIN = 0.35
const SEPARATORS = [' | ', ' - ', ' – ', ' — ', ' :: ', ' · ', ' • ', ' » ', ' « ']

/**
 * Which of a page's first headings is its title; -1 where none is, since they name the site or a part of the page, as logos and
 * navigation do.
 */
export function titleAmong(headings: readonly string[], head: HeadTitles): number {
  const titles = headTitles(head)
  const site = wordsOf(head.site).join(' ')
  // one title alone may be the same on all pages
  const [first, second] = titles.map(wordsOf)
  const agree = first !== undefined && second !== undefined && commonShare(first, second) >= COMMON_SHARE_MIN
  return headings.findIndex((heading) => {
    const words = wordsOf(heading)
    if (words.length === 0 || (site !== '' && words.join(' ') === site)) return false
    return !agree || titles.some((title) => commonShare(words, wordsOf(title)) >= COMMON_SHARE_MIN)
  })
}

/** What the head says the article is called, without the name of the site; empty where it says nothing. */
export function titleOfHead(head: HeadTitles): string {
  return headTitles(head)[0] ?? ''
}

function headTitles(head: HeadTitles): readonly string[] {
  return [head.headline, head.shared, head.window]
    .filter((title) => title !== '')
    .map((title) => withoutSite(title, head.site))
}

/** Cuts ` | Name of the site` off the end, or off the beginning where it is known. */
function withoutSite(title: string, site: string): string {
  const at = Math.max(...SEPARATORS.map((separator) => title.lastIndexOf(separator)))
  if (site !== '') {
    for (const separator of SEPARATORS) {
      if (title.endsWith(separator + site)) return title.slice(0, -(separator + site).length).trim()
      if (title.startsWith(site + separator)) return title.slice((site + separator).length).trim()
    }
  }
  const left = title.slice(0, Math.max(0, at)).trim()
  return at > 0 && left.length >= title.length * LEFT_SHARE_MIN ? left : title
}

function wordsOf(title: string): readonly string[] {
  return (
    title
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** Of the shorter one's words. */
function commonShare(one: readonly string[], other: readonly string[]): number {
  const words = new Set(other)
  const common = one.filter((word) => words.has(word)).length
  return common / Math.max(1, Math.min(one.length, other.length))
}
