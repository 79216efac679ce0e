import { parseXml } from '../xml.ts'
import type { DocumentHead } from './document-content.ts'

/** Where the container says that the package document is. */
export function rootFile(xml: string): string | null {
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

export interface Package {
  readonly head: DocumentHead
  /** Addresses of the documents in reading order as they are written, relative to the package; each once. Of what is listed nowhere the id. */
  readonly spine: readonly string[]
}

/** What the package document of a book says. */
export function packageOf(xml: string): Package {
  const head = new Map<string, string[]>()
  /** Addresses by ids; empty for what is no chapter. */
  const items = new Map<string, string>()
  const ids: string[] = []
  let pieces: string[] | null = null
  parseXml(xml, {
    open(name, attributes) {
      const local = localName(name)
      if (name.startsWith('dc:')) pieces = []
      else if (local === 'item') items.set(attributes['id'] ?? '', isPage(attributes) ? (attributes['href'] ?? '') : '')
      else if (local === 'itemref') ids.push(attributes['idref'] ?? '')
    },
    close(name) {
      const value = pieces?.join('').trim() ?? ''
      if (name.startsWith('dc:') && value !== '') {
        const values = head.get(name) ?? []
        values.push(value)
        head.set(name, values)
      }
      pieces = null
    },
    text(text) {
      pieces?.push(text)
    },
  })
  const spine = new Set(ids.map((id) => items.get(id) ?? id))
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
    spine: [...spine].filter((href) => href !== ''),
  }
}

/** Whether an item is a document with text; the table of contents is no chapter. Not every program knows the types. */
function isPage(item: Readonly<Record<string, string>>): boolean {
  const isText = /^(?:application\/xhtml\+xml|text\/html|text\/x-oeb1-document)(?:$|[ ;])/i.test(
    item['media-type'] ?? '',
  )
  const isNamedSo = /\.x?html?$/i.test(item['href'] ?? '')
  return (isText || isNamedSo) && !(item['properties'] ?? '').split(' ').includes('nav')
}

/** The name of an element without its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
