// Reads a file of any size and tells how much memory that took at most: node test/bench/large-file.mjs wxr|jsonl [MEGABYTES] [--index [--interrupt SECONDS]]
// Without --index the articles are made and counted, with it `fundstelle index` takes them in. With --interrupt it is ended by SIGTERM after so many
// seconds, begun again, killed after as many, and begun once more. The file, an export of WordPress or JSON lines, is made here, of words that are none.

import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { finished, launched } from './children.mjs'
import { randomOf } from './random.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const [kind, size] = process.argv.slice(2)
if (kind !== 'wxr' && kind !== 'jsonl') throw new Error(`wxr or jsonl is expected, got ${kind}`)
const megabytes = Number(size ?? 1024) || 1024
const interruptSeconds = Number(process.argv[process.argv.indexOf('--interrupt') + 1]) || 60

const HEAD = `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Messung</title><language>de-DE</language><wp:wxr_version>1.2</wp:wxr_version>
`
const SYLLABLES = ['ba', 'de', 'fi', 'go', 'lu', 'ma', 'ne', 'ri', 'so', 'tu', 'wa', 'ze', 'kö', 'schü', 'bräu', 'fuß']
/** Posts, and what is kept beside them: a third of an export is neither. */
const KINDS = ['post', 'post', 'page', 'revision', 'attachment', 'post']
/** As many as a gigabyte of real texts has, or more. */
const VOCABULARY = 300_000

const random = randomOf(1)
const words = Array.from({ length: VOCABULARY }, () =>
  Array.from({ length: 2 + random.below(3) }, () => random.pick(SYLLABLES)).join(''),
)
/** The first words are as much more frequent than the last as in real texts. */
const word = () => words[Math.floor(VOCABULARY ** random.next()) - 1] ?? words[0]
const sentence = () => `${Array.from({ length: 12 }, word).join(' ')}.`
const paragraph = () => `${sentence()} ${sentence()}`

function item(number) {
  const type = KINDS[number % KINDS.length]
  const status = type === 'attachment' || type === 'revision' ? 'inherit' : number % 10 === 3 ? 'draft' : 'publish'
  const paragraphs = Array.from(
    { length: 6 },
    () => `<!-- wp:paragraph -->\n<p>${paragraph()}</p>\n<!-- /wp:paragraph -->`,
  )
  return `<item><title><![CDATA[Beitrag ${number} ${word()}]]></title><link>https://messung.example/?p=${number}</link><dc:creator><![CDATA[anna]]></dc:creator><guid isPermaLink="false">https://messung.example/?p=${number}</guid><description></description><content:encoded><![CDATA[${paragraphs.join('\n\n')}\n[gallery ids="${number}"]]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>${number}</wp:post_id><wp:post_date_gmt><![CDATA[2020-01-01 10:00:00]]></wp:post_date_gmt><wp:status><![CDATA[${status}]]></wp:status><wp:post_type><![CDATA[${type}]]></wp:post_type><category domain="category" nicename="a"><![CDATA[${words[random.below(50)]}]]></category><wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta></item>\n`
}

function line(number) {
  const text = Array.from({ length: 6 }, paragraph).join('\n\n')
  const url = `https://messung.example/${number}`
  return `${JSON.stringify({ id: `a-${number}`, title: `Artikel ${number} ${word()}`, text, url, date: '2020-01-01', tags: [words[random.below(50)]] })}\n`
}

const FORMATS = {
  wxr: { name: 'export.xml', head: HEAD, one: item, tail: '</channel></rss>\n' },
  jsonl: { name: 'artikel.jsonl', head: '', one: line, tail: '' },
}

/** Begins, and ends it in its midst. */
async function interrupted(command, signal) {
  const child = launched(command, ['ignore', 'ignore', 'pipe'])
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-1000)
  })
  const over = once(child, 'close')
  const ending = setTimeout(() => child.kill(signal), interruptSeconds * 1000)
  const asked = performance.now()
  const [code] = await over
  clearTimeout(ending)
  const seconds = Math.max(0, (performance.now() - asked) / 1000 - interruptSeconds)
  console.log(
    `${signal}: ended with ${code ?? signal} ${seconds.toFixed(1)} s later; ${said.trim().split('\n').at(-1)}`,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'large-file-'))
try {
  const { name, head, one, tail } = FORMATS[kind]
  const file = join(folder, name)
  const out = createWriteStream(file)
  out.write(head)
  let bytes = 0
  for (let number = 1; bytes < megabytes * 2 ** 20; number++) {
    const text = one(number)
    bytes += Buffer.byteLength(text)
    if (!out.write(text)) await once(out, 'drain')
  }
  out.end(tail)
  await once(out, 'finish')
  const made = Math.round(statSync(file).size / 2 ** 20)
  const reading = `
    import { FileSource } from ${JSON.stringify(new URL('../../dist/ingest/byte-source.js', import.meta.url).href)}
    import { readInPieces } from ${JSON.stringify(new URL('../../dist/ingest/read-in-pieces.js', import.meta.url).href)}
    const counts = {}
    for (const one of readInPieces(new FileSource(${JSON.stringify(file)}), ${JSON.stringify(name)}, ${JSON.stringify(file)}, { lineBytesMax: 10 * 2 ** 20 }))
      if (one !== null) counts[one.kind] = (counts[one.kind] ?? 0) + 1
    console.log(JSON.stringify(counts))`
  const main = join(root, 'dist/cli/main.js')
  const command = [main, 'index', file, '--cache', join(folder, 'cache'), '--lang', 'en']
  if (process.argv.includes('--interrupt'))
    for (const signal of ['SIGTERM', 'SIGKILL']) await interrupted(command, signal)
  const told = await finished(process.argv.includes('--index') ? command : ['--input-type=module', '-e', reading])
  console.log(
    `${made} MB: ${told.out.trim().split('\n').join(' ')}; ${Math.round(told.seconds)} s, at most ${Math.round(told.peakMb)} MB`,
  )
  if (process.argv.includes('--interrupt')) {
    const checked = await finished([main, 'check', '--cache', join(folder, 'cache'), '--lang', 'en'])
    console.log(checked.out.trim())
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
