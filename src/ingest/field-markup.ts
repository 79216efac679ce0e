import { type StructuredText, structuredText } from './blocks.ts'
import { parseHtml, wordsBelow } from './dom.ts'
import { htmlToBlocks, htmlToText } from './html-text.ts'
import { wordpressBlocks } from './wordpress-text.ts'

/** A reference to a character, as HTML and XML have them. */
const REFERENCE = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/i
const REFERENCES = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi

/** Elements of texts. Others, as in `List<String>`, may be words of the author's. */
const NAMES =
  'p|br|hr|img|div|span|strong|b|em|i|u|a|ul|ol|li|dl|dt|dd|h[1-6]|table|thead|tbody|tr|td|th|blockquote|figure|figcaption|' +
  'pre|code|small|sub|sup|section|article|iframe|font|center|s|del|ins|mark|picture|video|audio|noscript|script|style|abbr|q|cite|address'
/** What is HTML and nothing else: an element that ends, one that has no end, one with an attribute, a comment. */
const MARKUP = new RegExp(
  `</(?:${NAMES})\\s*>|<(?:br|hr|img)(?:\\s[^<>]*)?/?>|<(?:${NAMES})\\s[a-z-]+=["'][^<>]*>|<!--`,
  'i',
)
/** How a text begins that is HTML encoded once more. */
const ELEMENT_FIRST = new RegExp(`^\\s*<(?:${NAMES})(?:\\s[^<>]*)?/?>`, 'i')
const BLOCK_INSIDE = /<\/(?:p|div|ul|ol|li|h[1-6]|table|blockquote|figure)\s*>/i
/** A letter of a word that was encoded once more. */
const LETTER_REFERENCE = /(?<=\p{L})&[a-z]{1,8};|&[aou]uml;|&szlig;|&(?:nbsp|amp|quot);|&#\d{2,5};/iu
/** Systems that encode more often than that are not known. */
const LEVELS_MAX = 3

/**
 * A field of a file as plain text, whether it is HTML or text with references to characters, once or several times encoded. Plain
 * text stays as it is.
 * @throws FundstelleError `nested_too_deep`
 */
export function plainField(text: string): string {
  if (!text.includes('&') && !text.includes('<')) return text
  return isMarkup(text) ? htmlField(text) : encodedField(text)
}

/**
 * A field that is HTML as plain text; what was encoded once more too.
 * @throws FundstelleError `nested_too_deep`
 */
export function htmlField(html: string): string {
  const text = htmlToText(withParagraphs(html))
  if (isMarkup(html)) return LETTER_REFERENCE.test(text) ? withoutReferences(text) : text
  return again(text, 1)
}

/**
 * A field that is the HTML of an article with what stands where in it, without what WordPress adds to texts; null for what is no HTML, or encoded
 * once more.
 * @throws FundstelleError `nested_too_deep`
 */
export function structuredField(html: string): StructuredText | null {
  if (!isMarkup(html)) return null
  const blocks = wordpressBlocks(htmlToBlocks(withParagraphs(html)))
  return blocks.some(({ text }) => LETTER_REFERENCE.test(text)) ? null : structuredText(blocks)
}

function encodedField(text: string): string {
  return REFERENCE.test(text) ? again(withoutReferences(text), 1) : text
}

/** What one level of encoding left: as a whole HTML, or with references of its own. */
function again(text: string, level: number): string {
  if (level >= LEVELS_MAX) return text
  if (isMarkup(text) && (ELEMENT_FIRST.test(text) || BLOCK_INSIDE.test(text))) return again(htmlToText(text), level + 1)
  return LETTER_REFERENCE.test(text) ? again(withoutReferences(text), level + 1) : text
}

export function isMarkup(text: string): boolean {
  return text.includes('<') && MARKUP.test(text)
}

/** Editors that make paragraphs of empty lines only when the page is shown. */
function withParagraphs(html: string): string {
  return /<(?:p|div|br|table|ul|ol)[\s/>]/i.test(html.replace(/<!--/g, '')) && !/\n[ \t]*\n/.test(html)
    ? html
    : html.replace(/\n[ \t]*\n/g, '\n<p></p>\n')
}

/** What names stand for; there are two thousand of them, and a text has a few. */
const known = new Map<string, string>()
const KNOWN_MAX = 500

function withoutReferences(text: string): string {
  return text.replace(REFERENCES, (reference) => {
    const found = known.get(reference)
    if (found !== undefined) return found
    const meant = wordsBelow(parseHtml(reference))
    if (known.size >= KNOWN_MAX) known.clear()
    known.set(reference, meant)
    return meant
  })
}
