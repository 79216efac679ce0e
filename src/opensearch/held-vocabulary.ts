import { gramsOf } from '../analysis/spelling/ngrams.ts'
import type { AnalysedArticle } from './analysed-article.ts'
import type { BulkOperation } from './bulk-writer.ts'
import { gramOperation } from './gram-counts.ts'
import { spellingsOf, termId, vocabularyDocument } from './vocabulary-document.ts'

/** Terms; about 400 bytes each. */
const TERMS_MAX = 500_000

interface HeldTerm {
  documents: number
  readonly spellings: Set<string>
}

/**
 * The vocabulary of an index that is written for the first time, kept here until all articles are: each term is written once, with what is counted. Whoever
 * adds to an index that has something must ask the cluster instead, term by term.
 */
export class HeldVocabulary {
  readonly #terms = new Map<string, HeldTerm>()

  get isFull(): boolean {
    return this.#terms.size > TERMS_MAX
  }

  get spellings(): Iterable<readonly [string, ReadonlySet<string>]> {
    return Array.from(this.#terms, ([term, { spellings }]) => [term, spellings] as const)
  }

  add(articles: Iterable<AnalysedArticle>): void {
    for (const article of articles) {
      for (const [term, added] of spellingsOf([article])) {
        const known = this.#terms.get(term)
        if (known === undefined) this.#terms.set(term, { documents: 1, spellings: added })
        else {
          known.documents += 1
          for (const spelling of added) known.spellings.add(spelling)
        }
      }
    }
  }

  /** What to write of it to an index. */
  *operations(index: string): Generator<BulkOperation> {
    const grams = new Map<string, { terms: number; documents: number }>()
    for (const [term, { documents, spellings }] of this.#terms) {
      const action = { index: { _index: index, _id: termId(term) } }
      yield { action, document: { ...vocabularyDocument(term, spellings), documents } }
      for (const gram of gramsOf(term)) {
        const count = grams.get(gram) ?? { terms: 0, documents: 0 }
        count.terms += 1
        count.documents += documents
        grams.set(gram, count)
      }
    }
    for (const [gram, count] of grams) yield gramOperation(index, gram, count)
  }
}
