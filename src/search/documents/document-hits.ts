import type { Analyzer } from '../../analysis/analyzer.ts'
import { documentOfArticle } from '../../article/document-of-article.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { ResolvedWord } from '../query/resolved-query.ts'
import type { SearchHit } from '../rank/search-result.ts'
import { rankingOfScore } from '../ranking/ranking-score.ts'
import { selected } from './attribute-paths.ts'
import type { DocumentHit, DocumentSearchRequest } from './document-request.ts'
import { DocumentFormatter } from './formatted-document.ts'
import { IndexedText } from './indexed-text.ts'
import { rankingDetails } from './ranking-details.ts'
import { withMembers } from './raw-json.ts'
import { sortValuesOf } from './sort-values.ts'
import { WordMarks } from './word-marks.ts'

/** Makes of hits the documents that are answered, as one request asks for them. */
export class DocumentHits {
  readonly #request: DocumentSearchRequest
  readonly #words: readonly ResolvedWord[]
  readonly #budget: WorkBudget
  readonly #formatter: DocumentFormatter
  readonly #isAsked: boolean

  /** @param isAsked whether the hits were looked for by words */
  constructor(
    request: DocumentSearchRequest,
    words: readonly ResolvedWord[],
    isAsked: boolean,
    analyzer: Analyzer,
    budget: WorkBudget,
  ) {
    this.#request = request
    this.#words = words
    this.#isAsked = isAsked
    this.#budget = budget
    this.#formatter = new DocumentFormatter(request, new WordMarks(words, analyzer, budget))
  }

  hit(hit: SearchHit): DocumentHit {
    const { shown, sort, showMatchesPosition, showRankingScore, showRankingScoreDetails } = this.#request
    const document = documentOfArticle(hit.article, hit.document)
    const displayed = selected(document, shown.displayed)
    const indexed = indexedTexts(hit)
    const rankingScore = rankingOfScore(hit.score, this.#isAsked ? this.#words : null)
    const sortValues = sortValuesOf(document, sort)
    const added: [string, string][] = []
    const formatted = this.#formatter.formatted(displayed, indexed)
    if (formatted !== null) added.push(['_formatted', formatted])
    if (showMatchesPosition) added.push(['_matchesPosition', this.#formatter.positions(displayed, indexed)])
    if (showRankingScore) added.push(['_rankingScore', String(rankingScore)])
    if (showRankingScoreDetails) {
      const details = rankingDetails(
        { parts: hit.parts, rankingScore },
        this.#words,
        sort,
        sortValuesOf(displayed, sort),
      )
      added.push(['_rankingScoreDetails', JSON.stringify(details)])
    }
    if (this.#request.showVectors) added.push(['_vectors', '{}'])
    const json = withMembers(selected(displayed, shown.retrieved), added)
    this.#budget.spend(COST.output * json.length)
    return { json, id: hit.article.id, rankingScore, sortValues }
  }
}

/** Title and text as the index has them. */
const indexedTexts = ({ article, articleText, title, text }: SearchHit): readonly IndexedText[] => [
  new IndexedText(article.title.length, () => article.title, title),
  new IndexedText(articleText.length, () => article.text, text),
]
