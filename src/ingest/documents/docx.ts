import { decode } from '../decode.ts'
import type { ReadResult } from '../reader.ts'
import { parseXml } from '../xml.ts'
import { BlockWriter } from './block-writer.ts'
import { articleOfBlocks, type DocumentBlock, type DocumentHead, wordsOfList } from './document-content.ts'
import { isOn, WordStyles } from './word-styles.ts'
import type { ZipArchive } from './zip.ts'

const BODY = 'word/document.xml'
const STYLES = 'word/styles.xml'
const NOTES = ['word/footnotes.xml', 'word/endnotes.xml']
const HEAD = 'docProps/core.xml'
/** What was deleted, what was moved from here, and what older programs show in the place of something else. */
const SKIPPED = new Set(['w:del', 'w:moveFrom', 'mc:Fallback'])
/** What holds properties as they were before a change. */
const FORMER_PROPERTIES = new Set(['w:rPrChange', 'w:pPrChange'])
/** The moment at which a widespread template was made, which documents made from it keep. */
const TEMPLATE_DATE = '2013-12-23T23:15:00Z'

export const isDocx = (archive: ZipArchive): boolean => archive.has(BODY)

/** Word: paragraphs, table rows as one paragraph each, notes at the end; no headers, footers, comments, hidden text and no table of contents. */
export function readDocx(archive: ZipArchive, path: string): ReadResult {
  archive.format = 'Word'
  const text = (name: string): string => decode(archive.read(name), true).text
  const styles = new WordStyles(archive.has(STYLES) ? text(STYLES) : '')
  const blocks = [BODY, ...NOTES.filter((name) => archive.has(name))].flatMap((name) => blocksOf(text(name), styles))
  return articleOfBlocks(blocks, archive.has(HEAD) ? headOf(text(HEAD)) : {}, path)
}

/** A paragraph that is open, and whether it is of a table of contents, and hidden by its style. */
interface Paragraph {
  isSkipped: boolean
  isHidden: boolean
}

/** A run that is open: by its styles, and all in all. */
interface Run {
  readonly isParagraphHidden: boolean
  isHidden: boolean
}

function blocksOf(xml: string, styles: WordStyles): readonly DocumentBlock[] {
  const writer = new BlockWriter()
  const paragraphs: Paragraph[] = []
  const runs: Run[] = []
  let [texts, paragraphProperties, formerProperties] = [0, 0, 0]
  const hide = (run: Run, isHidden: boolean): void => {
    if (isHidden && !run.isHidden) writer.skip()
    else if (!isHidden && run.isHidden) writer.unskip()
    run.isHidden = isHidden
  }
  parseXml(xml, {
    open(name, attributes) {
      const run = runs.at(-1)
      const paragraph = paragraphs.at(-1)
      if (FORMER_PROPERTIES.has(name)) formerProperties += 1
      if (formerProperties > 0) return
      if (SKIPPED.has(name)) writer.skip()
      else if (name === 'w:p') {
        writer.begin()
        paragraphs.push({ isSkipped: false, isHidden: false })
      } else if (name === 'w:pPr') paragraphProperties += 1
      else if (name === 'w:pStyle' && paragraph !== undefined) {
        const id = attributes['w:val'] ?? ''
        const style = styles.nameOf(id)
        const level = levelOf(style)
        if (level !== null) writer.setLevel(level)
        paragraph.isHidden = styles.isHidden(id)
        if (/^(?:toc|verzeichnis) ?\d/.test(style) && !paragraph.isSkipped) {
          paragraph.isSkipped = true
          writer.skip()
        }
      } else if (name === 'w:r') {
        const opened = { isParagraphHidden: paragraph?.isHidden ?? false, isHidden: false }
        runs.push(opened)
        hide(opened, opened.isParagraphHidden)
      } else if (name === 'w:rStyle' && run !== undefined && paragraphProperties === 0)
        // where the styles of both say it they cancel each other, as the standard has it
        hide(run, run.isParagraphHidden !== styles.isHidden(attributes['w:val'] ?? ''))
      // in the properties of a paragraph it hides only its end
      else if (name === 'w:vanish' && run !== undefined && paragraphProperties === 0) hide(run, isOn(attributes))
      else if (name === 'w:t') texts += 1
      else if (name === 'w:tr') writer.beginRow()
      // as a part of a paragraph's style it is a position
      else if (name === 'w:tab' && run !== undefined) writer.write(' ')
      else if (name === 'w:br' || name === 'w:cr') writer.write('\n')
      else if (name === 'w:noBreakHyphen') writer.write('-')
      else if (name === 'w:softHyphen') writer.write('\u00ad')
    },
    close(name) {
      if (FORMER_PROPERTIES.has(name)) formerProperties -= 1
      else if (formerProperties > 0) return
      else if (SKIPPED.has(name)) writer.unskip()
      else if (name === 'w:p') {
        writer.end()
        if (paragraphs.pop()?.isSkipped === true) writer.unskip()
      } else if (name === 'w:pPr') paragraphProperties -= 1
      else if (name === 'w:r') {
        if (runs.pop()?.isHidden === true) writer.unskip()
      } else if (name === 'w:t') texts -= 1
      else if (name === 'w:tr') writer.endRow()
    },
    text(text) {
      if (texts > 0) writer.write(text.replaceAll('\n', ' '))
    },
  })
  return writer.blocks
}

function levelOf(style: string): number | null {
  if (style === 'title' || style === 'titel') return 0
  const level = /^(?:heading|überschrift|berschrift) ?(\d)$/.exec(style)?.[1]
  return level === undefined ? null : Number(level)
}

function headOf(xml: string): DocumentHead {
  const found = new Map<string, string>()
  let field = ''
  parseXml(xml, {
    open(name) {
      field = name
    },
    close() {
      field = ''
    },
    text(text) {
      if (field !== '') found.set(field, (found.get(field) ?? '') + text)
    },
  })
  const said = (name: string): string => found.get(name)?.trim() ?? ''
  const [title, creator, keywords] = ['dc:title', 'dc:creator', 'cp:keywords'].map(said)
  const [description, language, created] = ['dc:description', 'dc:language', 'dcterms:created'].map(said)
  const status = said('cp:contentStatus')
  return {
    ...(title && { title }),
    ...(creator && creator !== 'python-docx' && { authors: wordsOfList(creator) }),
    ...(keywords && { tags: wordsOfList(keywords) }),
    ...(description && !/^generated by /i.test(description) && { description }),
    ...(language && { language }),
    ...(created && created !== TEMPLATE_DATE && { date: created }),
    ...(status && { status }),
  }
}
