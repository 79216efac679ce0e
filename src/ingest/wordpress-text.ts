import type { Block } from './blocks.ts'
import { paragraphs } from './clean.ts'

/** One mark in brackets: its slash, its name, and what else stands in it. */
const BRACKETS = /\[(\/?)([a-z][a-z0-9_-]*)((?:[\s/][^[\]]*)?)\]/gi
const ATTRIBUTE = /\s[a-z][a-z0-9_-]*=\S/i

/** Marks that have neither attributes nor an end where they stand alone. */
const ALONE = new Set(
  (
    'gallery caption wp_caption audio video playlist embed toc contact-form contact-form-7 gravityform gravityforms wpforms ' +
    'ninja_form ninja_forms mailpoet_form newsletter_form tablepress nggallery ngg singlepic slideshow rev_slider smartslider3 ' +
    'metaslider wpdm_package wp-sitemap sitemap searchform login_form woocommerce_cart woocommerce_checkout products columns ' +
    'column row one_half one_third clear divider spacer separator accordion toggle tabs tab button event_list events_list ' +
    'events_calendar ai1ec mc4wp_form borlabs-cookie bbp-forum-index learn_more table-of-contents lwptoc ez-toc'
  ).split(' '),
)

/** Marks within words. All others part what they stand between. */
const INLINE = new Set(
  'b i u s em strong color size font url email dropcap highlight su_highlight abbr tooltip sup sub'.split(' '),
)

/** The last line of what a WordPress site gives to feed readers; the title and the site's name stand in it. */
const SOURCE_BEGINNING = /^(?:der|dieser|the|this) (?:beitrag|artikel|post|article|entry)\s/i
const SOURCE_WORDS =
  /erschien zuerst (?:auf|bei)|ist zuerst erschienen|wurde zuerst veröffentlicht|appeared first on|first appeared on/i
/** A longer one is a paragraph. */
const SOURCE_LINE_LENGTH_MAX = 900

/**
 * The text of an article of WordPress without what is none: marks of shortcodes, what they wrap stays, and the line that names the
 * site it came from. Words in brackets of the author's own, as `[sic]`, stay.
 */
export function wordpressText(text: string): string {
  const plain = withoutShortcodes(text)
  const blocks = plain.split('\n\n')
  const own = blocks.filter((block) => !isSourceLine(block))
  return plain === text && own.length === blocks.length ? text : paragraphs(own)
}

/** The same of a text in blocks, which stay what they are. */
export function wordpressBlocks(blocks: readonly Block[]): Block[] {
  // a mark may end in another block
  const closed = new Set(blocks.flatMap(({ text }) => [...closedIn(text)]))
  return blocks
    .filter(({ text }) => !isSourceLine(text))
    .map((block): Block => {
      const text = withoutShortcodes(block.text, closed)
      if (text === block.text) return block
      return block.kind === 'row' ? { kind: 'paragraph', text } : { ...block, text }
    })
}

/** The names of marks that are closed somewhere. */
function closedIn(text: string): ReadonlySet<string> {
  const closed = new Set<string>()
  if (!text.includes('[/')) return closed
  for (const [, slash, name = ''] of text.matchAll(BRACKETS)) if (slash === '/') closed.add(name.toLowerCase())
  return closed
}

function withoutShortcodes(text: string, closed = closedIn(text)): string {
  if (!text.includes('[')) return text
  const isMark = (slash: string, name: string, rest: string): boolean =>
    slash === '/' || closed.has(name.toLowerCase()) || ATTRIBUTE.test(rest) || ALONE.has(name.toLowerCase())
  const plain = text.replace(BRACKETS, (mark, slash: string, name: string, rest: string, at: number) => {
    if (!isMark(slash, name, rest)) return mark
    const isBetween = /\S/.test(text[at - 1] ?? ' ') && /\S/.test(text[at + mark.length] ?? ' ')
    return isBetween && !INLINE.has(name.toLowerCase()) ? ' ' : ''
  })
  return plain === text ? text : plain.replace(/ {2,}/g, ' ')
}

function isSourceLine(block: string): boolean {
  const line = block.trim()
  return line.length <= SOURCE_LINE_LENGTH_MAX && SOURCE_BEGINNING.test(line) && SOURCE_WORDS.test(line)
}
