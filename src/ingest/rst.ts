import { structuredText } from './blocks.ts'
import { cleanLine } from './clean.ts'
import { dateInPath } from './dates.ts'
import { fieldsFrom } from './fields.ts'
import { headOfFile, notesOn, readingsOfFault, withFrontMatter } from './file-head.ts'
import { beginsWithHead } from './loose-head.ts'
import { readingOf } from './make.ts'
import { plainKey } from './plain-key.ts'
import { publicationOf } from './publication.ts'
import { HIDING_FLAGS } from './publication-words.ts'
import type { Reader } from './reader.ts'
import { rstBlocks } from './rst-blocks.ts'
import { rstHead, rstMeta } from './rst-head.ts'
import { plainRst } from './rst-text.ts'

/**
 * reStructuredText, as Pelican, Nikola and Sphinx write it; front matter, as Hugo has it, counts first. The title is the head's, else the first heading; fields of the head are
 * those of a list below the title or of comments `.. title: …`. Directives that hold a text give it, others go.
 */
export const rstReader: Reader = {
  name: 'rst',
  extensions: ['.rst', '.rest'],
  onePerFile: true,
  *read({ path, text }) {
    const front = beginsWithHead(text) ? headOfFile(text) : null
    if (front?.fault) return yield* readingsOfFault(front.fault, front, { path, text })
    const lines = (front?.body ?? text).split('\n')
    const { title, entries, below, body } = rstHead(lines)
    const flagged = [...entries, ...below].map(
      // such a field says yes by being there
      ([name, value]) => [name, value === '' && HIDING_FLAGS.has(plainKey(name)) ? true : value] as const,
    )
    const said = [...(front?.said ?? []), ...flagged, ...rstMeta(lines)]
    const header = fieldsFrom(entries)
    const fields = front === null ? header : withFrontMatter(front.fields, header)
    const blocks = rstBlocks(body)
    if (title !== null) fields.title ??= cleanLine(plainRst(title))
    const first = blocks.findIndex(({ kind }) => kind === 'heading')
    if (fields.title === undefined && first >= 0) fields.title = cleanLine(blocks.splice(first, 1)[0]?.text ?? '')
    const structured = structuredText(blocks)
    fields.text = structured.text
    const named = fields.date === undefined ? dateInPath(path.slice(path.lastIndexOf('/') + 1)) : null
    const publication = publicationOf(named === null ? said : [...said, ['date', named]], { place: 'head' })
    if (front !== null) yield* notesOn(front, publication)
    yield readingOf(fields, path, 1, publication, structured)
  },
}
