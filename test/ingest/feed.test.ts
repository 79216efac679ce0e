import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isXmlFeed } from '../../src/ingest/feed-root.ts'
import { prologOf } from '../../src/ingest/prolog.ts'
import { readFile } from '../../src/ingest/read-file.ts'
import '../support/property.ts'

function idsOf(items: string): string[] {
  const result = readFile(Buffer.from(`<rss version="2.0"><channel>${items}</channel></rss>`), 'feed.xml')
  const readings = result.kind === 'read' ? [...result.readings] : []
  return readings.map((reading) => {
    if (reading.kind === 'unpublished') return reading.state
    return reading.kind === 'article' ? reading.article.id : reading.error.code
  })
}

describe('prologOf', () => {
  it.each([
    ['<rss>', ''],
    ['<?xml version="1.0"?>\n<!-- c --><rss>', ''],
    ['<!DOCTYPE rss>\n<rss>', '<!DOCTYPE rss>'],
    ['<!doctype rss PUBLIC "a>b" "c"><rss>', '<!doctype rss PUBLIC "a>b" "c">'],
    ["<!DOCTYPE rss [<!ENTITY a 'x]>y'>]><rss>", "<!DOCTYPE rss [<!ENTITY a 'x]>y'>]>"],
    ["<!DOCTYPE rss [<!-- it's ]> --><?p ]> ?>\n] ><rss>", "<!DOCTYPE rss [<!-- it's ]> --><?p ]> ?>\n] >"],
    ['<!DOCTYPE rss [ <?x > ]><rss>', '<!DOCTYPE rss [ <?x > ]>'],
    ['<!DOCTYPE rss [ <!-- > <!-- ]><rss>', '<!DOCTYPE rss [ <!-- > <!-- ]>'],
  ])('%j', (text, doctype) => {
    const { doctype: place, end } = prologOf(text)
    expect(text.slice(...place)).toBe(doctype)
    expect(text.slice(end)).toBe('<rss>')
    expect(isXmlFeed(text)).toBe(true)
  })

  it('never throws, and its places are in the text', () => {
    const piece = fc.constantFrom('<!DOCTYPE', '<!--', '-->', '<?', '?>', '[', ']', '>', '"', "'", ' ', 'x', '<rss>')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        const { doctype, end } = prologOf(text)
        expect(doctype[0]).toBeLessThanOrEqual(doctype[1])
        expect(doctype[1]).toBeLessThanOrEqual(end)
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('items without an id', () => {
  const [a, b] = ['<item><title>A</title></item>', '<item><title>B</title><pubDate>04 Mar 24</pubDate></item>']

  it('keep what they are called when others come before them', () => {
    expect(idsOf(a + b)).toEqual(idsOf(b + a).reverse())
    expect(new Set(idsOf(a + b)).size).toBe(2)
  })

  it('are told apart where they say the same', () => {
    expect(new Set(idsOf(a + a + a)).size).toBe(3)
  })
})

it('entities of a document type, which would grow to 10^9 characters, cost nothing', () => {
  const levels = Array.from({ length: 10 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('')
  const text = `<!DOCTYPE rss [<!ENTITY e0 "x">${levels}]><rss version="2.0"><channel><item><title>&e10;</title></item></channel></rss>`
  const result = readFile(Buffer.from(text), 'feed.xml')
  expect(result.kind === 'read' && [...result.readings]).toMatchObject([
    { kind: 'article', article: { title: '&e10;' } },
  ])
})
