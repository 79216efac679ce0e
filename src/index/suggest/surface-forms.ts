import { keyOfForm } from '../../analysis/word/word.ts'
import type { Article } from '../../article/article.ts'
import { FORM_MASK, SENTENCE_BIT } from '../../search/engine/token-stream.ts'
import { COST, WorkBudget } from '../../work-budget.ts'
import { docsByFrequency } from '../segment/docs-by-frequency.ts'
import { WHOLE } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** So many articles with a form's term are looked through for the form. */
const ARTICLES_MAX = 200
/** Forms remembered, about a hundred bytes each. */
const REMEMBERED_MAX = 20_000

/** A place in an article: tokens of title and text in a row. */
export interface Place {
  readonly docId: number
  readonly token: number
}

/** Tells how articles spell what the index knows in lower case. */
export class SurfaceForms {
  readonly #index: ArticleIndex
  readonly #articleOf: (seqNo: number) => Article | undefined
  readonly #remembered = new Map<number, { readonly spelling: string; readonly work: number }>()
  #budget = new WorkBudget()

  /** @param articleOf an article by its sequence number in the store */
  constructor(index: ArticleIndex, articleOf: (seqNo: number) => Article | undefined) {
    this.#index = index
    this.#articleOf = articleOf
  }

  /** @param budget of the request whose forms are asked for from now on; looking for a place ends where it is used up */
  reset(budget: WorkBudget): void {
    this.#budget = budget
  }

  /** A form as some article has it, away from the beginning of a sentence where one is found soon; in lower case where none is. */
  of(form: number): string {
    const known = this.#remembered.get(form)
    // it costs the same again, or the answer would depend on what was asked before
    if (known !== undefined && this.#budget.left > known.work) {
      this.#budget.spend(known.work)
      return known.spelling
    }
    const since = this.#budget.spent
    const place = this.#placeOf(form)
    const text = place === null ? '' : this.at(place, 1)
    const spelling = text === '' ? keyOfForm(this.#index.vocabulary.forms.at(form) as string) : text
    if (this.#budget.isSpent()) return spelling
    if (this.#remembered.size >= REMEMBERED_MAX) this.#remembered.clear()
    this.#remembered.set(form, { spelling, work: this.#budget.spent - since })
    return spelling
  }

  /** So many tokens from a place on as the article has them, in one line; empty where it cannot be read. */
  at({ docId, token }: Place, count: number): string {
    const { documents, forward } = this.#index
    const article = this.#articleOf(documents.seqNos[docId] as number)
    if (article === undefined) return ''
    this.#budget.spend(COST.locatedToken * forward.countOf(docId) + COST.character * article.text.length)
    const { title, text } = forward.fields(docId)
    const [value, field, at] =
      token < title.count ? [article.title, title, token] : [article.text, text, token - title.count]
    return value.slice(field.startOf(at), field.endOf(Math.min(at + count, field.count) - 1)).replace(/\s+/g, ' ')
  }

  #placeOf(form: number): Place | null {
    const { vocabulary, postings, documents, forward } = this.#index
    let begin: Place | null = null
    let looked = 0
    const docIds = docsByFrequency(postings.lists(vocabulary.termOfForm(form), WHOLE))
    this.#budget.spend(COST.entry * docIds.length)
    for (const docId of docIds) {
      if (documents.deletedDocs[docId] === 1) continue
      looked += 1
      if (looked > ARTICLES_MAX || this.#budget.isSpent()) return begin
      const tokens = forward.tokensOf(docId)
      const { title, text } = forward.counts(docId)
      this.#budget.spend(COST.comparedToken * (title + text))
      for (let token = 0; token < title + text; token++) {
        if (((tokens[token] as number) & FORM_MASK) !== form) continue
        if ((tokens[token] as number) < SENTENCE_BIT && token > 0) return { docId, token }
        begin ??= { docId, token }
      }
    }
    return begin
  }
}
