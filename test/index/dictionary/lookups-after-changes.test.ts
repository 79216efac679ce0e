import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EmbeddedReader } from '../../../src/index/embedded-reader.ts'
import type { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { readSegment } from '../../../src/index/snapshot/segment-reader.ts'
import { writeSegment } from '../../../src/index/snapshot/segment-writer.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { analyzer, indexOf, readerOf } from '../../support/memory-index.ts'
import '../../support/property.ts'

const IDENTITY = { fingerprint: 'probe', storeId: 'probe' }
const SEEDS = ['haus', 'drohn', 'drohnenabwehr', 'meier', 'demokratie', 'wetterbericht', 'strasse', 'bahnhof']
/** Words that share beginnings, sounds and runs of letters, so that what comes or goes is found, or counts, by many of them. */
const anyWord = fc
  .tuple(fc.constantFrom(...SEEDS), fc.nat(14), fc.string({ unit: fc.constantFrom('a', 'e', 'n', 's'), maxLength: 2 }))
  .map(([seed, at, letters]) => seed.slice(0, at) + letters + seed.slice(at))
const anyText = fc.array(anyWord, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))

type Step = { readonly add: string } | { readonly remove: number } | { readonly ask: string }
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  anyText.map((add) => ({ add })),
  fc.nat(30).map((remove) => ({ remove })),
  anyWord.map((ask) => ({ ask })),
)

/** Candidates come in no order. */
const inOrder = async (found: Promise<readonly unknown[]>): Promise<string[]> =>
  (await found).map((one) => JSON.stringify(one)).sort()

/** Everything that is looked up by letters, and what each look-up costs. */
async function lookups(reader: EmbeddedReader, word: string): Promise<unknown[]> {
  const told: unknown[] = []
  const { dictionary } = reader
  const prefix = { prefix: word.slice(0, 3), except: [word], isLiteral: false, termLengthMin: 0, most: 5 }
  const asked = [
    () => dictionary.similarTerms(word),
    () => inOrder(dictionary.spellingCandidates(word, 1)),
    () => inOrder(dictionary.spellingCandidates(word, 3)),
    () => dictionary.prefixTerms(prefix),
    () => dictionary.prefixTerms({ ...prefix, prefix: word, isLiteral: true, termLengthMin: word.length - 1 }),
  ]
  for (const ask of asked) {
    const budget = new WorkBudget()
    reader.withBudget(budget)
    told.push({ found: await ask(), spent: budget.spent })
  }
  return told
}

test('what is remembered of look-ups is what is found anew, at the same cost, whatever came and went', async () => {
  const folder = temporaryFolder()
  let runs = 0
  const kept = fc.array(anyText, { maxLength: 12, size: 'max' })
  const steps = fc.array(anyStep, { minLength: 1, maxLength: 14, size: 'max' })
  await fc.assert(
    fc.asyncProperty(kept, steps, fc.array(anyWord, { minLength: 3, maxLength: 5 }), async (texts, changes, words) => {
      let index: ArticleIndex = indexOf(texts.map((text, i) => articleOf({ id: `${i}`, text })))
      runs += 1
      // what lies in a file is remembered otherwise than what came later
      if (runs % 2 === 0) {
        writeSegment(`${folder}/${runs}`, index, IDENTITY)
        index = await readSegment(`${folder}/${runs}`, IDENTITY)
      }
      let seqNo = texts.length
      const reader = readerOf(index)
      for (const word of words) await lookups(reader, word)
      for (const step of changes) {
        if ('remove' in step) index.remove(step.remove)
        else if ('add' in step) {
          seqNo += 1
          index.add(seqNo, articleOf({ id: `${seqNo}`, text: step.add }), analyzer)
        } else await lookups(reader, step.ask)
      }
      for (const word of words) {
        const anew = await lookups(readerOf(index), word)
        expect(await lookups(reader, word)).toEqual(anew)
        expect(await lookups(reader, word)).toEqual(anew)
      }
    }),
    { numRuns: 60 },
  )
})
