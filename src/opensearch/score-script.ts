import type { RetrievalPlan } from '../search/engine/retrieval.ts'
import type { QueryWord } from '../search/query/words.ts'
import { B, K1 } from '../search/ranking/bm25.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import { WEIGHTED_UNITS } from './analysed-article.ts'
import type { Query } from './filter-query.ts'
import { POSTINGS } from './index-mappings.ts'
import type { ScoredWord } from './scored-word.ts'
import { storedTerm } from './stored-terms.ts'

/** Stands for a score that nothing is above; JSON has no infinity. */
const NO_CEILING = 1e300

const NORM = `
  double norm = params.k1;
  if (params.mean > 0) norm = params.k1 * (1 - params.b + params.b * doc['length'].value / params.mean);
`

/**
 * Everything that depends on a query is a parameter: the cluster compiles a script once. Looking up how often an article has a term takes a microsecond or two,
 * and few articles have the many words that look like one of the query: which of the groups of terms an article has any of, the score of the query tells (`Groups`).
 */
const SCORE = `
double saturation(double frequency, double norm, double k1) {
  return frequency * (k1 + 1) / (frequency + norm);
}
double below(double ceiling, double score) {
  return score <= ceiling / 2 ? score : ceiling - (ceiling * ceiling) / (4 * score);
}
${NORM}
double k1 = params.k1;
double units = params.units;
double total = 0;
int seen = (int) _score;
String id = params.usesIds ? String.valueOf(doc['seqNo'].value) : '';
for (def w : params.words) {
  double weight = w.weight;
  double score = 0;
  if ((seen & w.whole) == w.whole) {
    double whole = termFreq('${POSTINGS.weighted}', w.term) / units;
    for (def t : w.alternatives) whole += params.part * termFreq('${POSTINGS.weighted}', t) / units;
    if (whole > 0) score = weight * saturation(whole, norm, k1);
  }
  if ((seen & w.others) == w.others) for (def m : w.meant) {
    double f = termFreq('${POSTINGS.weighted}', m.term) / units;
    if (f > 0) score = Math.max(score, m.weight * weight * saturation(f, norm, k1));
  }
  if (w.named.size() > 0 && w.named.containsKey(id)) score = Math.max(score, params.synonym * weight * saturation(1, norm, k1));
  double ceiling = w.least;
  if (score == 0 && (seen & w.lower) == w.lower) {
    for (def m : w.begun) {
      double f = termFreq('${POSTINGS.weighted}', m.term) / units;
      if (f > 0) score = Math.max(score, m.weight * weight * saturation(f, norm, k1));
    }
    if (score > 0) score = below(ceiling, score);
    else if (w.parts.size() > 0) {
      int found = 0;
      double sum = 0;
      for (def p : w.parts) {
        double f = termFreq('${POSTINGS.weighted}', p.term) / units;
        if (f > 0) { found++; sum += p.idf * saturation(f, norm, k1); }
      }
      if (found == w.parts.size() || (w.isEach && found > 0)) score = below(ceiling, w.scale * sum);
    }
  }
  if ((seen & w.alike) == w.alike) for (def s : w.similar) {
    double f = termFreq('${POSTINGS.whole}', s.term);
    if (f > 0) score = Math.max(score, s.strength * saturation(f, norm, k1));
  }
  total += w.count * score;
}
if (params.boosts.containsKey(id)) total += params.boosts[id];
if (params.halfLifeDays > 0) {
  double day = Math.floor(doc['time'].value / 86400000.0);
  double age = Math.max(0, params.today - day);
  total *= 1 + params.recency * Math.pow(2, -age / params.halfLifeDays);
}
if (params.otherLanguage != 1 && doc['isInOtherLanguage'].value) total *= params.otherLanguage;
return total;
`

const LEAST = `
${NORM}
// a whole number divided by another would be one, too
double units = params.units;
double whole = termFreq('${POSTINGS.weighted}', params.term) / units;
for (def t : params.alternatives) whole += params.part * termFreq('${POSTINGS.weighted}', t) / units;
return whole * (params.k1 + 1) / (whole + norm);
`

/** What scoring takes beside the words. */
export interface Scoring {
  readonly meanLength: number
  /** By docId what phrases add. */
  readonly boosts: Readonly<Record<string, number>>
}

const constants = (meanLength: number) => ({
  k1: K1,
  b: B,
  mean: meanLength,
  units: WEIGHTED_UNITS,
  part: WEIGHTS.part,
})

/** Scores what a query finds as wordScore does, and multiplies it for dates and languages. */
export function scoredQuery(
  query: Query,
  words: readonly ScoredWord[],
  { dateBoost, otherLanguageFactor }: RetrievalPlan,
  { meanLength, boosts }: Scoring,
): Query {
  const groups = new Groups()
  const given = words.map((scored) => parametersOf(scored, groups))
  const params = {
    ...constants(meanLength),
    synonym: WEIGHTS.synonym,
    words: given,
    boosts,
    usesIds: Object.keys(boosts).length > 0 || words.some(({ named }) => named.size > 0),
    halfLifeDays: dateBoost?.halfLifeDays ?? 0,
    today: dateBoost?.today ?? 0,
    recency: WEIGHTS.recency,
    otherLanguage: otherLanguageFactor,
  }
  return { script_score: { query: groups.told(query), script: { source: SCORE, params } } }
}

/** A number of the cluster's precision is a whole one up to so many bits. */
const GROUPS_MAX = 24

/** Groups of terms of which an article is told to have any by a bit of a score. */
class Groups {
  readonly #queries: Query[] = []

  /** The bit of a group; 0 where there is none left, or no need of one. */
  add(field: string, terms: readonly string[]): number {
    if (terms.length === 0 || this.#queries.length >= GROUPS_MAX) return 0
    const bit = 2 ** this.#queries.length
    this.#queries.push({ constant_score: { filter: { terms: { [field]: terms.map(storedTerm) } }, boost: bit } })
    return bit
  }

  /** What a query finds, scored by the sum of the bits. */
  told(query: Query): Query {
    return { bool: { filter: [query], should: this.#queries, minimum_should_match: 0 } }
  }
}

const termsOf = (some: readonly { readonly term: string }[]): string[] => some.map(({ term }) => term)

function parametersOf(scored: ScoredWord, groups: Groups) {
  const { word, parts, partWeight, isEach, similar, named, least } = scored
  const { termWeight, alternatives, meant, prefixTerms, count } = word
  const expansion = ({ term, weight }: ScoredWord['word']['meant'][number]) => ({ term: storedTerm(term), weight })
  return {
    count,
    weight: termWeight,
    // the largest first: there may be more groups than bits
    alike: groups.add(POSTINGS.whole, termsOf(similar)),
    others: groups.add(POSTINGS.weighted, termsOf(meant)),
    lower: groups.add(POSTINGS.weighted, termsOf([...prefixTerms, ...parts])),
    whole: groups.add(POSTINGS.weighted, [word.word.term, ...alternatives]),
    term: storedTerm(word.word.term),
    alternatives: alternatives.map(storedTerm),
    meant: meant.map(expansion),
    begun: prefixTerms.map(expansion),
    named: Object.fromEntries(Array.from(named, (docId) => [docId, true])),
    least: Math.min(NO_CEILING, least),
    isEach,
    parts: parts.map(({ term, idf }) => ({ term: storedTerm(term), idf })),
    scale: parts.length === 0 ? 0 : WEIGHTS.scattered * Math.min(1, termWeight / partWeight),
    similar: similar.map(({ term, strength }) => ({ term: storedTerm(term), strength })),
  }
}

/** Scores what a query finds by the saturation of a word, whole. */
export function leastQuery(query: Query, { word, alternatives }: QueryWord, meanLength: number): Query {
  const params = {
    ...constants(meanLength),
    term: storedTerm(word.term),
    alternatives: alternatives.map(storedTerm),
  }
  return { script_score: { query, script: { source: LEAST, params } } }
}
