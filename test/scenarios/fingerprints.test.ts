import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changedParts, copyOfSources, printsOf } from '../support/fingerprints.ts'

// What is changed, and what has another fingerprint then.
const CHANGES: readonly (readonly [file: string, from: string | RegExp, to: string, parts: string])[] = [
  // what terms there are
  ['src/analysis/german/stem.ts', 'export', 'export const further = 1\nexport', 'index program'],
  ['src/analysis/german/fold.ts', "'ss'", "'sz'", 'index program'],
  ['src/analysis/context/units.ts', 'export', 'export const further = 1\nexport', 'index program'],
  // what a snapshot holds
  ['src/analysis/german/order-key.ts', "key.replace(SIGNS, '')", 'fold(key)', 'index program'],
  ['src/index/segment/posting-list.ts', 'FREQUENCY_MAX = 255', 'FREQUENCY_MAX = 254', 'index program'],
  ['src/index/segment/ngram-index.ts', 'export class', 'export const further = 1\nexport class', 'index program'],
  ['src/index/segment/documents.ts', 'this.ids.push(row.id)', 'this.ids.push(row.id.trim())', 'index program'],
  ['src/index/arrays/growable.ts', 'this.#length = data.length', 'this.#length = data.length - 0', 'index program'],
  ['src/search/engine/token-stream.ts', '0x4000_0000', '0x2000_0000', 'index program'],
  ['src/index/segment/content-hash.ts', "update('\\0')", "update('')", 'index program'],
  ['src/index/arrays/packed-file.ts', 'ALIGNMENT = 8', 'ALIGNMENT = 16', 'index program'],
  ['src/index/arrays/string-table.ts', 'LOAD_MAX = 0.75', 'LOAD_MAX = 0.5', 'index program'],
  ['src/index/segment/sealed-postings.ts', '(value >>> 1) + 1', 'value >>> 1', 'index program'],
  ['src/index/segment/postings-writer.ts', 'docId - before - 1', 'docId - before', 'index program'],
  ['src/index/segment/long-articles.ts', 'LONG_ARTICLE = 512', 'LONG_ARTICLE = 500', 'index program'],
  ['src/index/segment/writable-postings.ts', 'docIds[place] = docId', 'docIds[place] = docId + 1', 'index program'],
  ['src/index/segment/value-order.ts', "normalize('NFKD')", "normalize('NFD')", 'index program'],
  ['src/index/segment/case-folded-table.ts', 'SLOTS_EACH = 1.5', 'SLOTS_EACH = 2', 'index program'],
  ['src/index/snapshot/snapshot-files.ts', "'order.bin': ", "'orders.bin': ", 'index program'],
  ['src/index/dictionary/sound-grams.ts', 'PAIRED_MAX = 4', 'PAIRED_MAX = 5', 'index program'],
  ['src/index/docset/shingles.ts', 'WORDS_MIN = 30', 'WORDS_MIN = 29', 'index program'],
  ['src/index/merge/postings.ts', 'export', 'export const further = 1\nexport', 'index program'],
  ['src/analysis/spelling/edit-distance.ts', 'export', 'export const further = 1\nexport', 'index program'],
  ['src/time.ts', 'NEGATIVE_INFINITY', 'POSITIVE_INFINITY', 'index readers program'],
  ['src/article/extras.ts', "field: 'author'", "field: 'autor'", 'index program'],
  ['src/article/article-fields.ts', "'title', [", "'titel', [", 'index program'],
  ['src/search/ranking/index-weights.ts', 'TITLE_WEIGHT = 3', 'TITLE_WEIGHT = 4', 'index program'],
  // what articles are made of files: the server runs it too, where it watches
  ['src/ingest/dateline.ts', 'export', 'export const further = 1\nexport', 'readers program'],
  ['src/article/article.ts', "'_id'", "'__id'", 'readers program'],
  // what only answers depend on
  ['src/search/ranking/weights.ts', 'spelling: 0.7', 'spelling: 0.8', 'program'],
  ['src/article/searched-fields.ts', "['titel', 'title']", "['überschrift', 'title']", 'program'],
  ['src/search/present/explanation-sentences.ts', /„/, '‚', 'program'],
  ['src/analysis/explain/steps.ts', 'wird gelesen als', 'liest sich als', 'program'],
  ['src/analysis/explain/describe.ts', 'steps: stepsOf', 'schritte: stepsOf', 'program'],
  ['src/server/pages/texts.ts', 'Suche', 'Durchsuche', 'program'],
  ['src/browser/page.css', /\{/, '{ --further: 1;', 'program'],
  ['src/browser/page.ts', /$/, "\nconsole.info('further')\n", 'program'],
  // what nothing depends on
  ['src/cli/help.ts', 'export', 'export const further = 1\nexport', ''],
  ['src/index/segment/sorted-forms.ts', 'export class', '// a comment\n/** and another */\nexport class', ''],
]

describe('the fingerprints of the program', () => {
  it('change with what was changed, and with nothing else', async () => {
    const root = copyOfSources()
    const before = await printsOf(root)
    for (const [file, from, to, parts] of CHANGES) {
      const path = join(root, file)
      const source = readFileSync(path, 'utf8')
      const changed = source.replace(from, to)
      expect(changed, `${file} has ${from}`).not.toBe(source)
      writeFileSync(path, changed)
      expect(changedParts(before, await printsOf(root)), `${file}: ${to}`).toBe(parts)
      writeFileSync(path, source)
    }
    expect(changedParts(before, await printsOf(root))).toBe('')
  })
})
