// Reads an export of WordPress of any size and tells how much memory that took at most: node test/bench/wxr.mjs [MEGABYTES] [--index]
// Without --index the articles are made and counted, with it `fundstelle index` takes them in. The export is made here, of words that are none.

import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { finished } from './children.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const megabytes = Number(process.argv[2] ?? 1024)
const HEAD = `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Messung</title><language>de-DE</language><wp:wxr_version>1.2</wp:wxr_version>
`
const SYLLABLES = ['ba', 'de', 'fi', 'go', 'lu', 'ma', 'ne', 'ri', 'so', 'tu', 'wa', 'ze', 'kö', 'schü', 'bräu', 'fuß']
/** Posts, and what is kept beside them: a third of an export is neither. */
const KINDS = ['post', 'post', 'page', 'revision', 'attachment', 'post']

let seed = 1
const random = (below) => {
  seed = (seed * 48271) % 2147483647
  return seed % below
}
const word = () => Array.from({ length: 2 + random(2) }, () => SYLLABLES[random(SYLLABLES.length)]).join('')
const words = Array.from({ length: 4000 }, word)
const sentence = () => `${Array.from({ length: 12 }, () => words[random(words.length)]).join(' ')}.`

function item(number) {
  const kind = KINDS[number % KINDS.length]
  const status = kind === 'attachment' || kind === 'revision' ? 'inherit' : number % 10 === 3 ? 'draft' : 'publish'
  const paragraphs = Array.from(
    { length: 6 },
    () => `<!-- wp:paragraph -->\n<p>${sentence()} ${sentence()}</p>\n<!-- /wp:paragraph -->`,
  )
  return `<item><title><![CDATA[Beitrag ${number} ${words[random(words.length)]}]]></title><link>https://messung.example/?p=${number}</link><dc:creator><![CDATA[anna]]></dc:creator><guid isPermaLink="false">https://messung.example/?p=${number}</guid><description></description><content:encoded><![CDATA[${paragraphs.join('\n\n')}\n[gallery ids="${number}"]]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>${number}</wp:post_id><wp:post_date_gmt><![CDATA[2020-01-01 10:00:00]]></wp:post_date_gmt><wp:status><![CDATA[${status}]]></wp:status><wp:post_type><![CDATA[${kind}]]></wp:post_type><category domain="category" nicename="a"><![CDATA[${words[random(50)]}]]></category><wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta></item>\n`
}

const folder = mkdtempSync(join(tmpdir(), 'wxr-'))
try {
  const file = join(folder, 'export.xml')
  const out = createWriteStream(file)
  out.write(HEAD)
  let bytes = 0
  for (let number = 1; bytes < megabytes * 2 ** 20; number++) {
    const text = item(number)
    bytes += Buffer.byteLength(text)
    if (!out.write(text)) await once(out, 'drain')
  }
  out.end('</channel></rss>\n')
  await once(out, 'finish')
  const size = Math.round(statSync(file).size / 2 ** 20)
  const reading = `
    import { FileSource } from ${JSON.stringify(new URL('../../dist/ingest/byte-source.js', import.meta.url).href)}
    import { readInPieces } from ${JSON.stringify(new URL('../../dist/ingest/read-in-pieces.js', import.meta.url).href)}
    const counts = {}
    for (const one of readInPieces(new FileSource(${JSON.stringify(file)}), 'export.xml', ${JSON.stringify(file)}, { lineBytesMax: 10 * 2 ** 20 }))
      if (one !== null) counts[one.kind] = (counts[one.kind] ?? 0) + 1
    console.log(JSON.stringify(counts))`
  const told = process.argv.includes('--index')
    ? await finished([join(root, 'dist/cli/main.js'), 'index', file, '--cache', join(folder, 'cache')])
    : await finished(['--input-type=module', '-e', reading])
  console.log(
    `${size} MB: ${told.out.trim().split('\n').join(' ')}; ${Math.round(told.seconds)} s, at most ${Math.round(told.peakMb)} MB`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
