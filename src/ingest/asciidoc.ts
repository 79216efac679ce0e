import { asciidocToHtml } from './asciidoc-thread.ts'
import { structuredText } from './blocks.ts'
import { cleanLine } from './clean.ts'
import { dateInPath } from './dates.ts'
import { plainField } from './field-markup.ts'
import { fieldsFrom } from './fields.ts'
import { headOfFile, notesOn, readingsOfFault, withFrontMatter } from './file-head.ts'
import { htmlToBlocks, htmlToText } from './html-text.ts'
import { readingOf } from './make.ts'
import { isMenuPage } from './menu-page.ts'
import { PUBLIC, publicationOf } from './publication.ts'
import type { Reader } from './reader.ts'

const ATTRIBUTE = /^:(!?)([\w-]{1,60})(!?):(?:[ \t](.*))?$/
const TITLE = /^[=#][ \t](.*)$/
/** Below the title: its authors, then version and date. */
const AUTHOR = /^\p{L}[\p{L}\p{M}._'’ -]*$/u
const REVISION =
  /^(?:v?[\w.-]{1,20},[ \t]*)?(\d{4}-\d{2}-\d{2}|\d{1,2}\.[ \t]*(?:\d{1,2}\.|\p{L}{3,9})[ \t]*\d{4})(?:[:,].{0,500})?$/u
/** Antora, JBake and other generators put their names before their fields. */
const PREFIX = /^(?:page|jbake|awestruct|hugo)-/
/** What says how a document is set, and nothing of what it is about. */
const SETTING =
  /^(?:[\w-]+-(?:caption|label|signifier|theme|fontsdir|themesdir)|toc[\w-]*|(?:images|icons|styles|include|fonts)dir|icons|sect(?:nums|numlevels|anchors|links|ids)|id(?:prefix|separator)|source-highlighter|doctype|experimental|hide-uri-scheme|linkattrs|stem|xrefstyle|data-uri|leveloffset|docinfo|copycss|linkcss|stylesheet|numbered|reproducible|backend|title-page|title-separator|nofooter|outlinelevels|attribute-missing|listing-caption)$/
/** What the library makes of an inclusion it must not do. */
const INCLUSION = /<a href="[^"<>]*" class="bare include">[^<]*<\/a>/g
/** The mark of a footnote, whose number the page counts. */
const NOTE_MARK = /<sup class="footnote(?:ref)?"[^<>]*>\[<a [^<>]*>\d+<\/a>\]<\/sup>/g
const SHOWN_TITLE = /^\s*<h1>([^\n]*)<\/h1>/
const MACRO = /\b[a-z]{1,20}:[^\s[\]]{0,300}\[[^[\]]{0,300}\]/g
/** The name of an attribute of more than one word, or alone; `{id}` may be a part of an address. */
const REFERENCE = /\{[a-z][a-z0-9]*(?:[-_][a-z0-9]+)+\}/g
const LONE_REFERENCE = />\s*\{[a-z][\w-]*\}\s*</g
/** Of an address that begins with one the words stay: `{handbuch}seite[Worte]`. */
const UNKNOWN_LINK = /\{[a-z][\w-]*\}[^\s<>[\]{}]{0,300}\[([^[\]<>\n]{1,300})\]/g
const LINK = /\[([^[\]<>\n]{1,300})\]\(<a [^<>]*>[^<>]*<\/a>\)/g
const RESTS = /\{[a-z][\w-]*\}|\]\(<a /
const CODE_TAG = /(<\/?(?:pre|code)\b[^<>]*>)/
const AUTHOR_LENGTH_MAX = 80
const HEAD_LINES_MAX = 200
/** Begins and ends a comment or code. */
const FENCE = /^(?:\/{4,}|-{4,}|\.{4,}|`{3})[ \t]*$/
/** What holds only under a condition is said all the same: `ifdef::x[:page-draft: true]`. */
const CONDITIONAL = /^ifn?def::[^[\]]*\[(.+)\]$/
const DIRECTIVE = /^(?:ifdef|ifndef|ifeval|endif|include)::/
/** Writers count less well than programs. */
const RULER_DIFFERENCE_MAX = 3

/**
 * AsciiDoc, converted by its own library (asciidoc-thread.ts): nothing is included. Title, authors, date and attributes are the
 * header's; front matter, as Jekyll and Hugo have it, counts first.
 */
export const asciidocReader: Reader = {
  name: 'asciidoc',
  extensions: ['.adoc', '.asciidoc', '.asc'],
  onePerFile: true,
  *read({ path, text }) {
    const head = headOfFile(text)
    const { fields: front, body, said, fault } = head
    if (fault !== null) return yield* readingsOfFault(fault, head, { path, text })
    const { title, entries, below } = headerOf(body)
    const header = fieldsFrom(entries)
    const fields = withFrontMatter(front, header)
    const html = withoutRests(asciidocToHtml(body).replace(INCLUSION, '').replace(NOTE_MARK, ''))
    const shown = SHOWN_TITLE.exec(html)
    const blocks = htmlToBlocks(html.slice(shown?.[0].length ?? 0))
    const words = cleanLine(htmlToText(shown?.[1] ?? ''))
    const named = front.title ?? (words || header.title)
    const first =
      named === undefined ? blocks.findIndex(({ kind, text }) => kind === 'heading' && text.trim() !== '') : -1
    const heading = named ?? (first < 0 ? plainTitle(title) : cleanLine(blocks.splice(first, 1)[0]?.text ?? ''))
    if (heading !== '') fields.title = heading
    const structured = structuredText(blocks)
    fields.text = structured.text
    const all = [...said, ...entries, ...below]
    const day = fields.date === undefined ? dateInPath(path.slice(path.lastIndexOf('/') + 1)) : null
    const publication = publicationOf(day === null ? all : [...all, ['date', day]], { place: 'head' })
    yield* notesOn(head, publication)
    const isMenu = isMenuPage(path, body)
    yield readingOf(fields, path, 1, isMenu ? { ...PUBLIC, state: 'part' } : publication, structured)
  },
}

/** One that the library does not show: of a document under a condition. */
const plainTitle = (title: string | null): string =>
  cleanLine(
    htmlToText(
      plainField(
        (title ?? '')
          .replace(MACRO, '')
          .replace(/\{[\w-]*\}/g, ' ')
          .replace(/[*_`#^~]/g, ''),
      ),
    ),
  )

/** A page without the names of attributes that other files give a value, `{produkt-name}`, and without the marks of Markdown's links. In code both may be meant. */
function withoutRests(html: string): string {
  if (!RESTS.test(html)) return html
  let depth = 0
  return html
    .split(CODE_TAG)
    .map((part) => {
      if (CODE_TAG.test(part)) depth += part.startsWith('</') ? -1 : 1
      return depth > 0
        ? part
        : part.replace(LONE_REFERENCE, '><').replace(UNKNOWN_LINK, '$1').replace(REFERENCE, '').replace(LINK, '$1')
    })
    .join('')
}

type Pairs = readonly (readonly [string, unknown])[]

/**
 * What the header of a document says; `:draft:` alone is a yes, `:!draft:` says nothing. Attributes further down may say as well
 * whether the document is public.
 */
function headerOf(body: string): { readonly title: string | null; readonly entries: Pairs; readonly below: Pairs } {
  const entries: [string, unknown][] = []
  const below: [string, unknown][] = []
  let title: string | null = null
  let isHeader = true
  let place = 0
  const lines = linesOutside(body.split('\n'), HEAD_LINES_MAX)
  for (let at = 0; at < lines.length; at++) {
    const given = (lines[at] ?? '').trimEnd()
    const line = CONDITIONAL.exec(given)?.[1] ?? given
    const attribute = attributeOf(line)
    if (attribute !== null) (isHeader ? entries : below).push(attribute)
    if (!isHeader || ATTRIBUTE.test(line) || line.startsWith('//') || DIRECTIVE.test(line)) continue
    if (line.trim() === '') isHeader = title === null
    else if (title === null) {
      title = titleAt(lines, at)
      // an anchor or a role may stand above it
      if (title === null) isHeader = line.startsWith('[') && line.endsWith(']')
      else if (!TITLE.test(line)) at += 1
    } else {
      place += 1
      const date = REVISION.exec(line)?.[1]
      if (date !== undefined) entries.push(['date', date])
      else if (place === 1) {
        const names = namesIn(line)
        if (names !== null) entries.push(['author', names])
      }
    }
  }
  const isEmpty = ([key, value]: readonly [string, unknown]): boolean =>
    value === true && /^(?:title|author|date|keywords|description)$/.test(key)
  return { title, entries: entries.filter((entry) => !isEmpty(entry)), below: below.filter((entry) => !isEmpty(entry)) }
}

function attributeOf(line: string): [string, unknown] | null {
  const [whole, before = '', name = '', after = '', value = ''] = ATTRIBUTE.exec(line) ?? []
  if (whole === undefined || before !== '' || after !== '') return null
  if (SETTING.test(name)) return null
  const key = name.replace(PREFIX, '')
  return [key === 'revdate' ? 'date' : key, value.trim() || true]
}

/** The title of a document, `= Title`, or a line with a ruler of about its length below it; null for other lines. */
function titleAt(lines: readonly string[], at: number): string | null {
  const line = (lines[at] ?? '').trimEnd()
  const given = TITLE.exec(line)?.[1]
  if (given !== undefined) return given.trim()
  const ruler = (lines[at + 1] ?? '').trimEnd()
  const isRuler = /^={2,}$/.test(ruler) && Math.abs(ruler.length - line.length) <= RULER_DIFFERENCE_MAX
  return isRuler && /[\p{L}\p{N}]/u.test(line) ? line.trim() : null
}

/** The names in a line of authors; null where it is another. */
function namesIn(line: string): string | null {
  const names = line
    .replace(/<[^<>]*>/g, '')
    .split(';')
    .map((name) => name.trim())
  return names.every((name) => name.length <= AUTHOR_LENGTH_MAX && AUTHOR.test(name)) ? names.join(', ') : null
}

/** The first lines that stand in no comment and no code. What nothing ends is none. */
function linesOutside(lines: readonly string[], max: number): string[] {
  const last = new Map<string, number>()
  for (const [at, line] of lines.entries()) if (FENCE.test(line)) last.set(line.trimEnd(), at)
  const outside: string[] = []
  let fence: string | null = null
  for (const [at, given] of lines.entries()) {
    const line = given.trimEnd()
    if (fence !== null) {
      if (line === fence) fence = null
    } else if ((last.get(line) ?? 0) > at && !isRulerOf(outside.at(-1) ?? '', line)) fence = line
    else if (outside.push(given) >= max) break
  }
  return outside
}

/** Whether a line of strokes or dots is a heading's ruler and no fence. */
function isRulerOf(above: string, line: string): boolean {
  return above.trim() !== '' && Math.abs(above.trimEnd().length - line.length) <= 1 && /^[-.]/.test(line)
}
