import { join } from 'node:path'
import { expect, it } from 'vitest'
import { JournalWriter, journalledLots } from '../../src/opensearch/journal.ts'
import type { Change } from '../../src/store/change-log.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'

async function lotsOf(path: string, position: number, charactersMax: number): Promise<(readonly Change[])[]> {
  const lots: (readonly Change[])[] = []
  for await (const lot of journalledLots(path, position, charactersMax)) lots.push(lot)
  return lots
}

it('gives changes as they were written, with the numbers behind those of the index', async () => {
  const path = join(temporaryFolder(), 'journal')
  const articles = [articleOf({ id: 'a', title: 'Ä\u2028b' }), articleOf({ id: 'b', text: 'x\ny'.repeat(40_000) })]
  const journal = new JournalWriter(path)
  await journal.remove(3)
  for (const article of articles) await journal.add(article)
  await journal.end()
  expect(journal.changes).toBe(3)
  const expected: Change[] = [
    { kind: 'removed', seqNo: 3, removalSeqNo: 11, successor: null },
    { kind: 'added', seqNo: 12, article: articles[0] as never },
    { kind: 'added', seqNo: 13, article: articles[1] as never },
  ]
  expect((await lotsOf(path, 10, 1_000_000)).flat()).toEqual(expected)
  // each time it is read they are the same
  const small = await lotsOf(path, 10, 10)
  expect(small.map((lot) => lot.length)).toEqual([1, 1, 1])
  expect(small.flat()).toEqual(expected)
})

it('takes no document that a cluster would refuse for good once it is decided on', async () => {
  const journal = new JournalWriter(join(temporaryFolder(), 'journal'))
  const large = articleOf({ id: 'large', text: 'x'.repeat(20_000_001) })
  await expect(journal.add(large)).rejects.toMatchObject({ code: 'document_large' })
  await journal.end()
  expect(journal.changes).toBe(0)
})
