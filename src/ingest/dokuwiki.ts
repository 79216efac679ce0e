import { type Block, structuredText } from './blocks.ts'
import { cleanLine, cleanText } from './clean.ts'
import { detailFields, takeDetails } from './details.ts'
import { dokuwikiBlocks, isDokuwiki, leadsOn } from './dokuwiki-text.ts'
import { fieldsFrom } from './fields.ts'
import { readingOf } from './make.ts'
import { both, PUBLIC, type Publication } from './publication.ts'
import { recordPublication } from './publication-systems.ts'
import type { Reader } from './reader.ts'

/** Pages that come with the program, the menu of all of them, and patterns for new ones. */
const PROGRAMS = new Set(['wiki/syntax.txt', 'wiki/dokuwiki.txt', 'wiki/welcome.txt'])
const PATTERNS = new Set(['sidebar.txt', '_template.txt', '__template.txt', 'c_template.txt', 'i_template.txt'])
const DRAFT = /~~(?:DRAFT|ENTWURF)~~/i
const NOINDEX = /~~(?:NOINDEX|NOSEARCH)~~/i
const TITLE_LENGTH_MAX = 120
/** The extension for tags. */
const TAGS = /\{\{tag>([^{}\n]*)\}\}/g

/**
 * Pages of DokuWiki. The first heading is the title. What such a text says in a "Details" block at its end counts as in any other.
 */
export const dokuwikiReader: Reader = {
  name: 'dokuwiki',
  extensions: ['.txt', '.dokuwiki'],
  onePerFile: true,
  recognises: isDokuwiki,
  *read({ path, text: given }) {
    const text = cleanText(given)
    const details = takeDetails(text.split('\n'))
    const blocks = dokuwikiBlocks(details === null ? text : details.before.join('\n'))
    const fields = details === null ? fieldsFrom([]) : detailFields(details.entries)
    const heading = blocks.findIndex(({ kind }) => kind === 'heading')
    const first = heading < 0 && isTitle(blocks[0]) ? 0 : heading
    if (first >= 0) fields.title = cleanLine(blocks.splice(first, 1)[0]?.text ?? '')
    const body = structuredText(blocks)
    fields.text = body.text
    for (const [, names = ''] of text.matchAll(TAGS)) for (const name of tagNames(names)) fields.tags.push(name)
    const publication = both(publicationOfPage(path, text), recordPublication(details?.entries ?? []))
    yield readingOf(fields, path, 1, publication, body)
  },
}

/** What a page without headings begins with may be one. */
const isTitle = (block: Block | undefined): boolean =>
  block?.kind === 'paragraph' && block.text.length <= TITLE_LENGTH_MAX && /[\p{L}\p{N})"“»]$/u.test(block.text.trim())

/** Tags are parted by blanks; in one of several words these are written as underlines, or it is quoted. */
function tagNames(names: string): string[] {
  return [...names.matchAll(/"([^"]*)"|([^\s"]+)/g)].map(
    ([, quoted, word]) => quoted ?? (word ?? '').replaceAll('_', ' '),
  )
}

function publicationOfPage(path: string, text: string): Publication {
  const names = path.split('/')
  const isProgram =
    names.at(-2) === 'playground' || PROGRAMS.has(names.slice(-2).join('/')) || PATTERNS.has(names.at(-1) ?? '')
  if (isProgram) return { ...PUBLIC, state: 'part' }
  if (leadsOn(text)) return { ...PUBLIC, state: 'redirect' }
  if (DRAFT.test(text)) return { ...PUBLIC, state: 'draft' }
  return NOINDEX.test(text) ? { ...PUBLIC, state: 'noindex' } : PUBLIC
}
