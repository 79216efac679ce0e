import { FundstelleError } from '../../errors.ts'
import { decode } from '../decode.ts'
import type { ReadResult } from '../reader.ts'
import { parseXml } from '../xml.ts'
import { BlockWriter } from './block-writer.ts'
import { articleOfBlocks, type DocumentBlock, type DocumentHead, wordsOfList } from './document-content.ts'
import { OdtStyles } from './odt-styles.ts'
import type { ZipArchive } from './zip.ts'

const BODY = 'content.xml'
const STYLES = 'styles.xml'
const HEAD = 'meta.xml'
const MANIFEST = 'META-INF/manifest.xml'
/** What was deleted, remarks, marks of notes, hidden text, what the program makes itself, and what describes pictures and forms. */
const SKIPPED = new Set([
  ...['text:tracked-changes', 'office:annotation', 'text:note-citation', 'text:hidden-text', 'text:hidden-paragraph'],
  ...['text:table-of-content', 'text:alphabetical-index', 'text:illustration-index', 'text:table-index'],
  ...['text:ruby-text', 'svg:title', 'svg:desc', 'office:forms', 'office:scripts', 'text:sequence-decls'],
])

const PARAGRAPHS = new Set(['text:p', 'text:h'])
const WORDS = new Set(['text:span', 'text:a'])

/** OpenDocument text: paragraphs, table rows as one paragraph each, notes behind the paragraph they belong to. */
export function readOdt(archive: ZipArchive, path: string): ReadResult {
  archive.format = 'OpenDocument'
  const text = (name: string): string => decode(archive.read(name), true).text
  if (archive.has(MANIFEST) && text(MANIFEST).includes('encryption-data'))
    throw new FundstelleError('document_encrypted', { format: archive.format })
  const styles = new OdtStyles(archive.has(STYLES) ? text(STYLES) : '')
  return articleOfBlocks(blocksOf(text(BODY), styles), archive.has(HEAD) ? headOf(text(HEAD)) : {}, path)
}

function blocksOf(xml: string, styles: OdtStyles): readonly DocumentBlock[] {
  const writer = new BlockWriter()
  /** Of sections that are open: whether they are hidden, with all that is in them. */
  const sections: boolean[] = []
  /** Of paragraphs and words with a style that are open: whether they are hidden, the outermost first. */
  const hidden: boolean[] = []
  const enter = (isHidden: boolean): void => {
    if (isHidden !== (hidden.at(-1) ?? false)) switchTo(isHidden)
    hidden.push(isHidden)
  }
  const leave = (): void => {
    const isHidden = hidden.pop()
    const wasHidden = hidden.at(-1) ?? false
    if (isHidden !== undefined && isHidden !== wasHidden) switchTo(wasHidden)
  }
  const switchTo = (isHidden: boolean): void => (isHidden ? writer.skip() : writer.unskip())
  /** What a style does not say is as around it. */
  const enterStyle = (family: 'paragraph' | 'text', style: string): void =>
    enter(styles.isHidden(family, style) ?? hidden.at(-1) ?? false)
  parseXml(xml, {
    open(name, attributes) {
      const style = attributes['text:style-name'] ?? ''
      styles.open(name, attributes)
      if (name === 'text:hidden-paragraph' && attributes['text:is-hidden'] === 'true') writer.drop()
      if (SKIPPED.has(name)) writer.skip()
      else if (PARAGRAPHS.has(name)) {
        const level = name === 'text:h' ? Number(attributes['text:outline-level']) || 1 : undefined
        writer.begin(name === 'text:p' && styles.generalOf(style) === 'Title' ? 0 : level)
        enterStyle('paragraph', style)
      } else if (WORDS.has(name)) enterStyle('text', style)
      else if (name === 'text:section') {
        sections.push(isHiddenSection(attributes))
        if (sections.at(-1) === true) writer.skip()
      } else if (name === 'text:s' || name === 'text:tab') writer.write(' ')
      else if (name === 'text:line-break') writer.write('\n')
      else if (name === 'table:table-row') writer.beginRow()
    },
    close(name) {
      styles.close(name)
      if (SKIPPED.has(name)) writer.unskip()
      else if (PARAGRAPHS.has(name)) {
        leave()
        writer.end()
      } else if (WORDS.has(name)) leave()
      else if (name === 'text:section') {
        if (sections.pop() === true) writer.unskip()
      } else if (name === 'table:table-row') writer.endRow()
    },
    text(text) {
      writer.write(text.replaceAll('\n', ' '))
    },
  })
  return writer.blocks
}

/** One that depends on a condition tells whether it was last hidden. */
function isHiddenSection(attributes: Readonly<Record<string, string>>): boolean {
  return attributes['text:display'] === 'none' || attributes['text:is-hidden'] === 'true'
}

function headOf(xml: string): DocumentHead {
  const found = new Map<string, string[]>()
  let pieces: string[] | null = null
  let [status, isStatus] = ['', false]
  parseXml(xml, {
    open(name, attributes) {
      pieces = []
      isStatus = name === 'meta:user-defined' && attributes['meta:name']?.trim().toLowerCase() === 'status'
    },
    close(name) {
      const value = pieces?.join('').trim() ?? ''
      const values = found.get(name) ?? []
      found.set(name, values)
      if (value !== '') values.push(value)
      if (isStatus) status ||= value
      pieces = null
      isStatus = false
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
    ...(status !== '' && { status }),
  }
}
