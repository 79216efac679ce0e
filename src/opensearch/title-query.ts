import type { TitleWord } from '../search/query/resolved-query.ts'
import { TITLE_B, TITLE_K1 } from '../search/ranking/title-score.ts'
import { allOf, type Query } from './filter-query.ts'
import { POSTINGS } from './index-mappings.ts'
import { storedTerm } from './stored-terms.ts'

/** Articles of whose titles the query has as many words as they have; search/ranking/title-score.ts is what they are worth. */
const SCORE = `
double found = 0;
int wanted = 0;
for (def w : params.words) {
  double best = 0;
  int most = 0;
  for (def t : w.terms) {
    int f = termFreq('${POSTINGS.title}', t.term);
    if (f > 0) { best = Math.max(best, t.strength); most = (int) Math.max(most, f); }
  }
  found += w.weight * best;
  wanted += most;
}
double length = doc['titleLength'].value;
if (wanted < length) return 0;
return found * (params.k1 + 1) / (1 + params.k1 * (1 - params.b + params.b * length / params.mean));
`

/** The least score that is one. */
const LEAST = 1e-30

/** Finds and scores the articles whose titles a query has every word of. */
export function titleQuery(words: readonly TitleWord[], meanTitleLength: number, allowed: readonly Query[]): Query {
  const terms = words.flatMap((word) => word.terms.map(({ term }) => storedTerm(term)))
  const params = {
    words: words.map((word) => ({
      weight: word.weight,
      terms: word.terms.map(({ term, strength }) => ({ term: storedTerm(term), strength })),
    })),
    k1: TITLE_K1,
    b: TITLE_B,
    mean: meanTitleLength,
  }
  const query = allOf([{ terms: { [POSTINGS.title]: terms } }, ...allowed])
  return { script_score: { query, script: { source: SCORE, params }, min_score: LEAST } }
}
