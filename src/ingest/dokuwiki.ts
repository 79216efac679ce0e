import { cleanLine, cleanText, paragraphs } from './clean.ts'
import { dokuwikiBlocks } from './dokuwiki-text.ts'
import { fieldsFrom } from './fields.ts'
import { readingOf } from './make.ts'
import { PUBLIC, type Publication } from './publication.ts'
import type { Reader } from './reader.ts'

/** A heading: `====== Title ======`. */
const HEADING = /^[ \t]*(={2,6})[ \t]*[^=\s].*\1[ \t]*$/m
const HEADINGS = /^[ \t]*(={2,6})[ \t]*[^=\s].*\1[ \t]*$/gm
/** Pages that come with the program, its playground, and patterns for new pages. */
const PROGRAMS =
  /(?:^|\/)(?:playground\/[^/]+|wiki\/(?:syntax|dokuwiki|welcome)|_{1,2}template|c_template|i_template)\.txt$/
const DRAFT = /~~(?:DRAFT|ENTWURF)~~/i
const NOINDEX = /~~(?:NOINDEX|NOSEARCH)~~/i
/** The extension for tags. */
const TAGS = /\{\{tag>([^}\n]{0,1000})\}\}/g

/** Pages of DokuWiki. The first heading is the title. Told from other texts by a heading in the first line, or two further down. */
export const dokuwikiReader: Reader = {
  name: 'dokuwiki',
  extensions: ['.txt', '.dokuwiki'],
  onePerFile: true,
  recognises: (text) => {
    const first = /\S[^\n]*/.exec(text)?.[0] ?? ''
    return HEADING.test(first) || (text.match(HEADINGS)?.length ?? 0) >= 2
  },
  *read({ path, text: given }) {
    const text = cleanText(given)
    const blocks = dokuwikiBlocks(text)
    const fields = fieldsFrom([])
    const first = blocks.findIndex(({ isHeading }) => isHeading)
    if (first >= 0) fields.title = cleanLine(blocks.splice(first, 1)[0]?.text ?? '')
    fields.text = paragraphs(blocks.map((block) => block.text))
    for (const [, names = ''] of text.matchAll(TAGS)) fields.tags.push(...tagNames(names))
    yield readingOf(fields, path, 1, publicationOfPage(path, text))
  },
}

/** Tags are parted by blanks; in one of several words these are written as underlines, or it is quoted. */
function tagNames(names: string): string[] {
  return [...names.matchAll(/"([^"]{1,200})"|(\S+)/g)].map(
    ([, quoted, word]) => quoted ?? (word ?? '').replaceAll('_', ' '),
  )
}

function publicationOfPage(path: string, text: string): Publication {
  if (PROGRAMS.test(path)) return { ...PUBLIC, state: 'part' }
  if (DRAFT.test(text)) return { ...PUBLIC, state: 'draft' }
  return NOINDEX.test(text) ? { ...PUBLIC, state: 'noindex' } : PUBLIC
}
