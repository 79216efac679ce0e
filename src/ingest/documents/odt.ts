import { FundstelleError } from '../../errors.ts'
import { decode } from '../decode.ts'
import type { ReadResult } from '../reader.ts'
import { parseXml } from '../xml.ts'
import { BlockWriter } from './block-writer.ts'
import { articleOfBlocks, type DocumentBlock, type DocumentHead, wordsOfList } from './document-content.ts'
import type { ZipArchive } from './zip.ts'

const BODY = 'content.xml'
const HEAD = 'meta.xml'
const MANIFEST = 'META-INF/manifest.xml'
/** What was deleted, remarks, marks of notes, hidden text, what the program makes itself, and what describes pictures and forms. */
const SKIPPED = new Set([
  ...['text:tracked-changes', 'office:annotation', 'text:note-citation', 'text:hidden-text', 'text:hidden-paragraph'],
  ...['text:table-of-content', 'text:alphabetical-index', 'text:illustration-index', 'text:table-index'],
  ...['text:ruby-text', 'svg:title', 'svg:desc', 'office:forms', 'office:scripts', 'text:sequence-decls'],
])

/** OpenDocument text: paragraphs, table rows as one paragraph each, notes behind the paragraph they belong to. */
export function readOdt(archive: ZipArchive, path: string): ReadResult {
  archive.format = 'OpenDocument'
  const text = (name: string): string => decode(archive.read(name), true).text
  if (archive.has(MANIFEST) && text(MANIFEST).includes('encryption-data'))
    throw new FundstelleError('document_encrypted', { format: archive.format })
  return articleOfBlocks(blocksOf(text(BODY)), archive.has(HEAD) ? headOf(text(HEAD)) : {}, path)
}

function blocksOf(xml: string): readonly DocumentBlock[] {
  const writer = new BlockWriter()
  /** Styles of this document by the general ones they are made from. */
  const parents = new Map<string, string>()
  parseXml(xml, {
    open(name, attributes) {
      const style = attributes['text:style-name'] ?? ''
      if (SKIPPED.has(name)) writer.skip()
      else if (name === 'text:h') writer.begin(Number(attributes['text:outline-level']) || 1)
      else if (name === 'text:p') writer.begin((parents.get(style) ?? style) === 'Title' ? 0 : undefined)
      else if (name === 'style:style')
        parents.set(attributes['style:name'] ?? '', attributes['style:parent-style-name'] ?? '')
      else if (name === 'text:s' || name === 'text:tab') writer.write(' ')
      else if (name === 'text:line-break') writer.write('\n')
      else if (name === 'table:table-row') writer.beginRow()
    },
    close(name) {
      if (SKIPPED.has(name)) writer.unskip()
      else if (name === 'text:h' || name === 'text:p') writer.end()
      else if (name === 'table:table-row') writer.endRow()
    },
    text(text) {
      writer.write(text.replaceAll('\n', ' '))
    },
  })
  return writer.blocks
}

function headOf(xml: string): DocumentHead {
  const found = new Map<string, string[]>()
  let pieces: string[] | null = null
  parseXml(xml, {
    open(name) {
      pieces = []
      const values = found.get(name) ?? []
      found.set(name, values)
    },
    close(name) {
      const value = pieces?.join('').trim() ?? ''
      if (value !== '') found.get(name)?.push(value)
      pieces = null
    },
    text(text) {
      pieces?.push(text)
    },
  })
  const first = (name: string): string | undefined => found.get(name)?.[0]
  const [title, description, language] = ['dc:title', 'dc:description', 'dc:language'].map(first)
  const author = first('meta:initial-creator') ?? first('dc:creator')
  const date = first('meta:creation-date') ?? first('dc:date')
  return {
    ...(title && { title }),
    ...(author && { authors: [author] }),
    tags: (found.get('meta:keyword') ?? []).flatMap(wordsOfList),
    ...(description && { description }),
    ...(language && { language }),
    ...(date && { date }),
  }
}
