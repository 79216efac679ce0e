import type { Analyzer } from '../../../src/analysis/analyzer.ts'
import type { Article } from '../../../src/article/article.ts'
import { fieldsOf } from '../../../src/article/article-fields.ts'
import { isOtherThanGerman } from '../../../src/language/tags.ts'
import type { EngineReader, FieldCatalog, FoundArticle } from '../../../src/search/engine/engine.ts'
import type { Collected, Retrieval, RetrievalPlan } from '../../../src/search/engine/retrieval.ts'
import type { TokenStreams } from '../../../src/search/engine/token-stream.ts'
import { phraseSpansOf } from '../../../src/search/match/phrase-spans.ts'
import type { ResolvedWord } from '../../../src/search/query/resolved-query.ts'
import { inverseDocumentFrequency, saturation } from '../../../src/search/ranking/bm25.ts'
import { carriedWeight, minimumWeight, ROUNDING } from '../../../src/search/ranking/hit-rule.ts'
import { dateFactor } from '../../../src/search/ranking/recency.ts'
import { titleScore } from '../../../src/search/ranking/title-score.ts'
import { TITLE_WEIGHT } from '../../../src/search/ranking/weights.ts'
import { timeOf } from '../../../src/time.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { fulfils, ReferenceConstraints } from './conditions.ts'
import { ReferenceDictionary } from './dictionary.ts'
import { documentsOf, type ReferenceDocument, type ReferenceForms, ReferenceGrams } from './documents.ts'
import { byDate, byFields, contentName, facetsOf, firstOfEach, type Order, valueName } from './hit-list.ts'
import { type WordScore, withSimilar, wordScores } from './word-scores.ts'

/** Retrieves from documents that are gone through one by one. */
export class ReferenceReader implements EngineReader {
  readonly state: string
  readonly dictionary: ReferenceDictionary
  readonly fields: FieldCatalog
  readonly documents: readonly ReferenceDocument[]
  readonly #forms: ReferenceForms
  readonly #grams: ReferenceGrams
  readonly #analyzer: Analyzer

  constructor(articles: readonly Article[], analyzer: Analyzer) {
    const { documents, forms } = documentsOf(articles, analyzer)
    this.documents = documents
    this.#forms = forms
    this.#grams = new ReferenceGrams(forms)
    this.#analyzer = analyzer
    this.state = `reference-${documents.length}`
    this.dictionary = new ReferenceDictionary(documents, forms, analyzer)
    const names = new Set(
      articles.flatMap((article) => fieldsOf(article).flatMap(([field, values]) => (values.length > 0 ? [field] : []))),
    )
    const named = (field: string): string | undefined =>
      names.has(field) ? field : [...names].sort().find((name) => name.toLowerCase() === field.toLowerCase())
    this.fields = { named }
  }

  withBudget(): this {
    return this
  }

  async articles(): Promise<(docId: number) => FoundArticle | undefined> {
    return (docId) => {
      const article = this.documents[docId]?.article
      if (article === undefined) return undefined
      const { structure = [], document = null, values, ...fields } = article
      return { article: fields, text: article.text, structure: () => structure, document }
    }
  }

  async tokenStreams(): Promise<TokenStreams> {
    return {
      forms: this.#forms,
      grams: this.#grams,
      of: (docId) => (this.documents[docId] as ReferenceDocument).stream,
    }
  }

  /** By BM25's weight of each word in the article; words that no other article shares tell nothing about others. */
  async significantTerms(id: string, most: number): Promise<readonly string[] | undefined> {
    const one = this.documents.find(({ article }) => article.id === id)
    if (one === undefined) return undefined
    const { title, text, norm } = one.stream
    const words = one.words
      .map((word, at) => ({ word, weight: at < title ? TITLE_WEIGHT : 1 }))
      .slice(0, title + text)
      .filter(({ word }) => !word.stop && /^\p{L}[\p{L}\p{M}'-]+$/u.test(word.key))
    const isShared = (term: string): boolean => this.#documentFrequency(term) > 1
    const terms = [...new Set(words.map(({ word }) => word.term))]
    return terms
      .map((term) => {
        const all = words.filter(({ word }) => word.term === term)
        const { word } = all[0] as (typeof all)[0]
        const further = [...word.parts, ...word.subCompounds, ...word.aliases]
        const tells = isShared(term) || further.some((part) => isShared(part.term))
        const frequency = all.reduce((sum, { weight }) => sum + weight, 0)
        const idf = inverseDocumentFrequency(this.#documentFrequency(term), this.documents.length)
        return { key: word.key, score: tells ? saturation(frequency, norm) * idf : 0 }
      })
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
      .slice(0, most)
      .map(({ key }) => key)
  }

  async retrieve(plan: RetrievalPlan): Promise<Retrieval> {
    return plan.words === null ? this.#all(plan) : this.#scored(plan, plan.words)
  }

  #all(plan: RetrievalPlan): Retrieval {
    const hits = this.documents.filter(({ article }) => plan.filter === null || fulfils(article, plan.filter))
    const byOrder = byFields(plan.sort)
    return {
      candidates: [],
      collect: async () => {
        const shares = { words: [], phrases: 0, dateFactor: 1, languageFactor: 1 }
        return this.#listed(
          hits,
          plan,
          (a, b) => byOrder(a, b) || byDate(a, b),
          () => ({
            score: 0,
            isPinned: false,
            shares: plan.explain ? shares : null,
          }),
        )
      },
    }
  }

  #scored(plan: RetrievalPlan, words: readonly ResolvedWord[]): Retrieval {
    const scores = words.map((word) => this.#scoresOf(word))
    const allowed = this.#allowed(plan)
    const weightOf = ({ docId }: ReferenceDocument): number =>
      words.reduce((sum, word, at) => sum + carriedWeight(word) * (scores[at]?.get(docId)?.share ?? 0), 0)
    const weights = allowed.map(weightOf).sort((a, b) => b - a)
    const threshold = minimumWeight(plan.hitRule, words, plan.constraint !== null, (n) => weights[n - 1] ?? 0)
    const byTitle = this.#bestByTitle(plan, allowed)
    const hits = allowed.filter((one) => threshold <= 0 || weightOf(one) >= threshold || byTitle.includes(one))
    const isHit = new Set(hits)
    const shares = new Map(this.documents.map((one) => [one.docId, this.#sharesOf(one, words, scores, isHit.has(one))]))
    const boosts = new Map(this.documents.map((one) => [one.docId, isHit.has(one) ? this.#boostOf(one, plan) : 0]))
    const dateFactorOf = ({ article }: ReferenceDocument): number =>
      plan.dateBoost === null ? 1 : dateFactor(timeOf(article.date), plan.dateBoost)
    const languageFactorOf = ({ article: { language } }: ReferenceDocument): number =>
      language !== null && isOtherThanGerman(language) ? plan.otherLanguageFactor : 1
    const factorOf = (one: ReferenceDocument): number => dateFactorOf(one) * languageFactorOf(one)
    const sumOf = (one: ReferenceDocument): number =>
      (shares.get(one.docId) as number[]).reduce((sum, share) => sum + share, boosts.get(one.docId) as number)
    const scoreOf = (one: ReferenceDocument, added: ReadonlyMap<number, number>): number =>
      factorOf(one) * (sumOf(one) + (added.get(one.docId) ?? 0))
    const byScore =
      (added: ReadonlyMap<number, number>): Order =>
      (a, b) =>
        scoreOf(b, added) - scoreOf(a, added) || byDate(a, b)
    const best = [...hits].sort(byScore(new Map())).slice(0, plan.candidates)
    const candidates = [...new Set([...best, ...byTitle])]
    return {
      candidates: candidates.map(({ docId }) => docId),
      collect: async (added) => {
        const pins = plan.pinned
          .map((id) => allowed.find(({ article }) => article.id === id))
          .filter((one) => one !== undefined)
        const place = (one: ReferenceDocument): number => (pins.includes(one) ? pins.indexOf(one) : pins.length)
        const byOrder = byFields(plan.sort)
        const order: Order = (a, b) => place(a) - place(b) || byOrder(a, b) || byScore(added)(a, b)
        const collected = this.#listed([...new Set([...hits, ...pins])], plan, order, (one) => ({
          // a pinned article that is no hit has no score
          score: isHit.has(one) ? scoreOf(one, added) : 0,
          isPinned: pins.includes(one),
          shares: plan.explain
            ? isHit.has(one)
              ? {
                  words: shares.get(one.docId) as number[],
                  phrases: boosts.get(one.docId) as number,
                  dateFactor: dateFactorOf(one),
                  languageFactor: languageFactorOf(one),
                }
              : { words: words.map(() => 0), phrases: 0, dateFactor: 1, languageFactor: 1 }
            : null,
        }))
        const [best] = [...hits, ...pins].sort(order)
        const lacked = words.flatMap((word, at) => {
          const share = best === undefined ? 1 : (scores[at]?.get(best.docId)?.share ?? 0)
          return word.isConstrained || share > 1 - ROUNDING ? [] : [at]
        })
        return { ...collected, droppedWords: lacked }
      },
    }
  }

  /** Folds, counts, and cuts out the stretch that the plan asks for. */
  #listed(
    hits: readonly ReferenceDocument[],
    { foldDuplicates, distinct, facets, maxValuesPerFacet, offset, limit }: RetrievalPlan,
    order: Order,
    shown: (one: ReferenceDocument) => Omit<Collected['hits'][number], 'docId' | 'duplicates'>,
  ): Collected {
    const folded = firstOfEach(hits, order, foldDuplicates === 'none' ? () => undefined : contentName)
    const kept =
      distinct === null ? [...folded.keys()] : [...firstOfEach([...folded.keys()], order, valueName(distinct)).keys()]
    return {
      hits: kept
        .sort(order)
        .slice(offset, offset + limit)
        .map((one) => ({ docId: one.docId, duplicates: folded.get(one) as number, ...shown(one) })),
      totalHits: kept.length,
      droppedWords: [],
      facets: facetsOf(kept, this.documents, facets, maxValuesPerFacet),
    }
  }

  /** Those of whose titles the query has as many words as they have, by what these are worth, less for longer titles. */
  #bestByTitle({ titleWords, titleCandidates }: RetrievalPlan, allowed: readonly ReferenceDocument[]) {
    const titled = this.documents.filter(({ stream }) => stream.titleLength > 0)
    const meanLength = titled.reduce((sum, { stream }) => sum + stream.titleLength, 0) / titled.length
    const foundIn = (one: ReferenceDocument): number =>
      titleWords.reduce((sum, { terms, weight }) => {
        const strengths = terms.map(({ term, strength }) => (one.titleFrequency(term) > 0 ? strength : 0))
        return sum + weight * Math.max(...strengths)
      }, 0)
    const wantedOf = (one: ReferenceDocument): number =>
      titleWords.reduce((sum, { terms }) => sum + Math.max(...terms.map(({ term }) => one.titleFrequency(term))), 0)
    return allowed
      .filter((one) => wantedOf(one) >= one.stream.titleLength)
      .map((one) => ({ one, score: titleScore(foundIn(one), one.stream.titleLength, meanLength) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || byDate(a.one, b.one))
      .slice(0, titleCandidates)
      .map(({ one }) => one)
  }

  #allowed({ filter, constraint, hidden, excludeLike }: RetrievalPlan): ReferenceDocument[] {
    const constraints = new ReferenceConstraints(
      this.#forms,
      this.#analyzer,
      (one, word) => (this.#scoresOf(word).get(one.docId)?.share ?? 0) > 1 - ROUNDING,
    )
    const unlike = this.documents.find(({ article }) => article.id === excludeLike)
    return this.documents.filter(
      (one) =>
        (filter === null || fulfils(one.article, filter)) &&
        (constraint === null || constraints.allows(one, constraint)) &&
        !hidden.includes(one.article.id) &&
        (unlike === undefined || contentName(one) !== contentName(unlike)),
    )
  }

  #scoresOf(word: ResolvedWord): Map<number, WordScore> {
    return wordScores(word, this.documents, this.#forms, this.#analyzer)
  }

  #sharesOf(
    one: ReferenceDocument,
    words: readonly ResolvedWord[],
    scores: readonly Map<number, WordScore>[],
    isHit: boolean,
  ): number[] {
    return words.map((word, at) => {
      const score = scores[at]?.get(one.docId)?.score ?? 0
      return word.count * (isHit ? withSimilar(score, word, one, this.documents) : score)
    })
  }

  #boostOf({ stream }: ReferenceDocument, { phraseBoosts }: RetrievalPlan): number {
    const spans = phraseSpansOf(this.#forms, this.#analyzer)
    return phraseBoosts
      .filter(({ phrase, field }) => spans.of(stream, phrase, field, new WorkBudget()).some(({ isExact }) => isExact))
      .reduce((sum, { boost }) => sum + boost, 0)
  }

  #documentFrequency(term: string): number {
    return this.documents.filter(({ terms }) => terms.has(term)).length
  }
}
