import { posix } from 'node:path'
import type { Article } from '../../article/article.ts'
import { FundstelleError } from '../../errors.ts'
import { decode } from '../decode.ts'
import { nameOfFile } from '../file-name.ts'
import { htmlReader } from '../html.ts'
import type { ArticleReading, ReadResult } from '../reader.ts'
import { parseXml } from '../xml.ts'
import { type DocumentHead, headFields, soundTitle } from './document-content.ts'
import { localName, packageOf, rootFile } from './epub-package.ts'
import type { ZipArchive } from './zip.ts'

const CONTAINER = 'META-INF/container.xml'
const ENCRYPTION = 'META-INF/encryption.xml'
/** Ways to make fonts unusable elsewhere; the text is not encrypted by them. */
const FONT_OBFUSCATION = ['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']
/** Documents of a book that are read. */
const ITEMS_MAX = 5000
/** The first line of a chapter is its title where it is no longer, and the chapter has no other. */
const TITLE_LENGTH_MAX = 100

/** A book: one article for each document of its reading order, with the book's author, date and language, and its title as `buch`. */
export function* readEpub(archive: ZipArchive, path: string): Generator<ReadResult> {
  archive.format = 'EPUB'
  const text = (name: string): string => decode(archive.read(name), true).text
  if (archive.has(ENCRYPTION) && isEncrypted(text(ENCRYPTION)))
    throw new FundstelleError('document_protected', { format: archive.format })
  const packagePath = rootFile(text(CONTAINER))
  if (packagePath === null) throw archive.broken({ de: 'ohne Inhaltsverzeichnis', en: 'without a package document' })
  const book = packageOf(text(packagePath))
  const find = finderOf(archive.names, posix.dirname(packagePath))
  const read = new Set<string>()
  let articles = 0
  for (const written of book.spine.slice(0, ITEMS_MAX)) {
    const found = find(written)
    if (found === null) {
      articles += 1
      yield {
        kind: 'refusal',
        error: archive.broken({ de: `„${written}“ fehlt`, en: `“${written}” is missing` }),
        line: 1,
      }
      continue
    }
    const { href, name } = found
    if (read.has(name)) continue
    read.add(name)
    try {
      for (const reading of htmlReader.read({ path: `${path}#${href}`, text: text(name) })) {
        const chapter = chapterOf(reading, book.head, path)
        if (chapter === null) continue
        articles += 1
        yield chapter
      }
    } catch (error) {
      // the others are read
      if (!(error instanceof FundstelleError)) throw error
      articles += 1
      const reason = { de: `„${href}“: ${error.detail('de')}`, en: `“${href}”: ${error.detail('en')}` }
      yield { kind: 'refusal', error: archive.broken(reason), line: 1 }
    }
  }
  if (articles === 0) throw new FundstelleError('document_without_text', { format: archive.format })
  const beyond = book.spine.length - ITEMS_MAX
  if (beyond > 0) {
    const params = { format: archive.format, count: beyond, max: ITEMS_MAX }
    yield { kind: 'warning', error: new FundstelleError('document_chapters_beyond', params), line: 1 }
  }
}

/** A document of a book: its address, and its name in the archive. */
interface Found {
  readonly href: string
  readonly name: string
}

/** Finds documents by their addresses relative to a folder: programs forget to escape these, escape names too, and mix capitals. */
function finderOf(names: readonly string[], folder: string): (written: string) => Found | null {
  const exact = new Set(names)
  // the first of several
  const folded = new Map(names.toReversed().map((name) => [foldedName(name), name]))
  return (written) => {
    const plain = unescaped(written)
    const hrefs = [written, plain, plain.replace(/#.*/s, '')]
    for (const href of hrefs) {
      const name = posix.join(folder, href)
      if (exact.has(name)) return { href, name }
    }
    for (const href of hrefs) {
      const name = folded.get(foldedName(posix.join(folder, href)))
      if (name !== undefined) return { href, name }
    }
    return null
  }
}

const foldedName = (name: string): string => name.normalize('NFC').toLowerCase()

function unescaped(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return href
  }
}

/** A page without words, such as a cover, is null. */
function chapterOf(reading: ReadResult, head: DocumentHead, path: string): ReadResult | null {
  if (reading.kind === 'article') {
    const { title, text } = reading.article
    if (text === '' && (title === '' || title === head.title)) return null
    return { ...reading, article: withBook(reading.article, head, path) }
  }
  if (reading.kind !== 'unpublished') return reading.kind === 'refusal' && isEmpty(reading) ? null : reading
  const { otherwise } = reading
  if (otherwise === null || otherwise.kind === 'refusal') return reading
  const chapter = chapterOf(otherwise, head, path)
  return chapter === null ? null : { ...reading, otherwise: chapter as ArticleReading }
}

const isEmpty = ({ error }: Extract<ReadResult, { kind: 'refusal' }>): boolean => error.code === 'article_empty'

function withBook(article: Article, head: DocumentHead, path: string): Article {
  const { author = null, date = null, language = null } = headFields(head, path)
  const book = soundTitle(head.title) ?? ''
  const first = article.text.slice(0, TITLE_LENGTH_MAX + 1).split('\n', 1)[0] ?? ''
  const isNameless = article.title === '' || article.title === book
  const isTitle = first !== '' && first.length <= TITLE_LENGTH_MAX
  return {
    ...article,
    title: !isNameless ? article.title : isTitle ? first : article.title || book || nameOfFile(path),
    author: article.author ?? author,
    date: article.date ?? date,
    language: article.language ?? language,
    meta: book === '' ? article.meta : { ...article.meta, buch: book },
  }
}

function isEncrypted(xml: string): boolean {
  let found = false
  parseXml(xml, {
    open(name, attributes) {
      if (localName(name) === 'EncryptionMethod' && !FONT_OBFUSCATION.includes(attributes['Algorithm'] ?? ''))
        found = true
    },
    close() {},
    text() {},
  })
  return found
}
