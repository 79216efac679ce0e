import { posix } from 'node:path'
import type { Article } from '../../article/article.ts'
import { FundstelleError } from '../../errors.ts'
import { decode } from '../decode.ts'
import { nameOfFile } from '../file-name.ts'
import { htmlReader } from '../html.ts'
import type { ArticleReading, ReadResult } from '../reader.ts'
import { parseXml } from '../xml.ts'
import { type DocumentHead, headFields, soundTitle } from './document-content.ts'
import type { ZipArchive } from './zip.ts'

const CONTAINER = 'META-INF/container.xml'
const ENCRYPTION = 'META-INF/encryption.xml'
/** Ways to make fonts unusable elsewhere; the text is not encrypted by them. */
const FONT_OBFUSCATION = ['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']
/** Chapters of a book. */
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
  let articles = 0
  for (const href of book.spine) {
    const name = posix.join(posix.dirname(packagePath), href)
    if (!archive.has(name)) continue
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

function rootFile(xml: string): string | null {
  let path: string | null = null
  parseXml(xml, {
    open(name, attributes) {
      if (localName(name) === 'rootfile') path ??= attributes['full-path'] ?? null
    },
    close() {},
    text() {},
  })
  return path
}

interface Package {
  readonly head: DocumentHead
  /** Addresses of the documents in reading order, relative to the package; each once. */
  readonly spine: readonly string[]
}

function packageOf(xml: string): Package {
  const head = new Map<string, string[]>()
  const items = new Map<string, string>()
  const spine = new Set<string>()
  let pieces: string[] | null = null
  parseXml(xml, {
    open(name, attributes) {
      const local = localName(name)
      if (name.startsWith('dc:')) pieces = []
      else if (local === 'item' && isPage(attributes)) items.set(attributes['id'] ?? '', attributes['href'] ?? '')
      else if (local === 'itemref' && spine.size < ITEMS_MAX) {
        const href = items.get(attributes['idref'] ?? '')
        if (href !== undefined && href !== '') spine.add(unescaped(href))
      }
    },
    close(name) {
      const value = pieces?.join('').trim() ?? ''
      if (name.startsWith('dc:') && value !== '') head.set(name, [...(head.get(name) ?? []), value])
      pieces = null
    },
    text(text) {
      pieces?.push(text)
    },
  })
  const [title, language, description, date] = ['dc:title', 'dc:language', 'dc:description', 'dc:date'].map(
    (name) => head.get(name)?.[0],
  )
  return {
    head: {
      ...(title && { title }),
      ...(language && { language }),
      ...(description && { description }),
      ...(date && { date }),
      authors: head.get('dc:creator') ?? [],
    },
    spine: [...spine],
  }
}

/** The table of contents is no chapter. */
const isPage = (item: Readonly<Record<string, string>>): boolean =>
  /^(?:application\/xhtml\+xml|text\/html)$/.test(item['media-type'] ?? '') &&
  !(item['properties'] ?? '').split(' ').includes('nav')

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

function unescaped(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return href
  }
}
