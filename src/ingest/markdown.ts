import { structuredText } from './blocks.ts'
import { cleanLine } from './clean.ts'
import { dateInPath } from './dates.ts'
import { isErrorPage } from './error-page.ts'
import { headOfFile, notesOn, readingsOfFault } from './file-head.ts'
import { withoutTemplateMarks } from './generator-marks.ts'
import { plainMarkdown } from './generator-markup.ts'
import { homeHead } from './home-head.ts'
import { readingOf } from './make.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { isContentsHeading, isMenuPage } from './menu-page.ts'
import { PUBLIC, publicationOf } from './publication.ts'
import type { Reader } from './reader.ts'

const TEMPLATE = /\{[{%]/

/**
 * Markdown (CommonMark, as site generators extend it) with an optional head in YAML, TOML or JSON. The title is the head's, else the first heading; a heading that
 * became the title, or a first heading of level 1 that says the same, is not repeated in the text.
 */
export const markdownReader: Reader = {
  name: 'markdown',
  extensions: ['.md', '.markdown', '.mdx', '.mdown', '.mkd', '.mkdn', '.qmd', '.rmd'],
  onePerFile: true,
  *read({ path, text }) {
    const head = headOfFile(text)
    const { fields, body: source, said, fault } = head
    // a mistake in a head that takes an article back must not leave it public
    if (fault !== null) return yield* readingsOfFault(fault, head, { path, text })
    if (fields.title !== undefined && TEMPLATE.test(fields.title)) {
      const title = withoutTemplates(fields.title)
      if (title === '') delete fields.title
      else fields.title = title
    }
    const isMdx = /\.mdx$/i.test(path)
    const blocks = markdownBlocks(plainMarkdown(source, isMdx), isMdx ? 'mdx' : 'markdown')
    const first = blocks.findIndex(({ kind, text }) => kind === 'heading' && text.trim() !== '')
    const heading = blocks[first]
    if (heading?.kind === 'heading' && !isContentsHeading(heading.text)) {
      const words = cleanLine(heading.text)
      if (fields.title === undefined || (heading.level === 1 && cleanLine(fields.title) === words)) {
        fields.title = words
        blocks.splice(first, 1)
      }
    }
    // A head with a text of its own, such as `content: …`, does not hide the body
    const home = homeHead(said)
    if (home?.title !== undefined) fields.title ??= home.title
    const body = structuredText([{ kind: 'paragraph', text: fields.text ?? '' }, ...(home?.blocks ?? []), ...blocks])
    fields.text = body.text
    // a post of Jekyll's has its date in its name; folders may be those of events
    const named = fields.date === undefined ? dateInPath(path.slice(path.lastIndexOf('/') + 1)) : null
    const publication = publicationOf(named === null ? said : [...said, ['date', named]], { place: 'head' })
    yield* notesOn(head, publication)
    const isError = isErrorPage(path, [fields.title ?? '', heading?.text ?? ''])
    const state = isError ? 'errorPage' : isMenuPage(path, source) ? 'part' : null
    yield readingOf(fields, path, 1, state === null ? publication : { ...PUBLIC, state }, body)
  },
}

/** A title without what only a generator knows, and what parts the rest from that: `Über uns | {{ site.title }}`. */
const withoutTemplates = (title: string): string =>
  cleanLine(withoutTemplateMarks(title)).replace(/[\s:|–-]{1,20}$/, '')
