import type { Collected, CollectedHit, Retrieval, RetrievalPlan } from '../search/engine/retrieval.ts'
import type { ResolvedWord } from '../search/query/resolved-query.ts'
import { allowedQueries } from './allowed-query.ts'
import { documentId } from './article-document.ts'
import { ExactScores, NO_SHARES } from './exact-scores.ts'
import { facetsOf } from './facet-counts.ts'
import { bounded } from './field-values.ts'
import { allOf, anyOf, noneOf, numbered, type Query } from './filter-query.ts'
import { listed } from './hit-list.ts'
import { fieldOrder, type Hit, type Order, tieOrder, tieSort } from './hit-order.ts'
import { findHits, hitsAmong } from './hit-search.ts'
import { bestByTitle, hitsQueryOf, thresholdOf, thresholdOfMany } from './hits-query.ts'
import type { RetrievalParts } from './retrieval-parts.ts'
import { scoredQuery } from './score-script.ts'

/** So many times the hits that are shown are read before they are ranked, so many at most. */
const LIKELY = 2
const LIKELY_MAX = 20

/** All articles that the filter lets through, the newest first. */
export async function retrieveAll(parts: RetrievalParts, plan: RetrievalPlan): Promise<Retrieval> {
  const { snapshot, budget } = parts
  const query = allOf(await allowedQueries(plan, parts.constraints, parts.documents))
  const found = await findHits(parts, plan, query, plan.offset + plan.limit, tieSort(plan))
  const order = orderOf(plan, [], tieOrder(plan))
  return {
    candidates: [],
    async collect(): Promise<Collected> {
      const list = listed(found.hits, order, plan, found.groups)
      const shown = list.hits.slice(plan.offset, plan.offset + plan.limit)
      return {
        hits: shown.map((hit) => ({
          docId: hit.docId,
          score: 0,
          duplicates: list.duplicates.get(hit) ?? 0,
          isPinned: false,
          shares: plan.explain ? NO_SHARES : null,
        })),
        totalHits: found.total - list.foldedCount,
        droppedWords: [],
        facets: await facetsOf(
          snapshot,
          without(query, list.folded),
          plan.facets,
          plan.maxValuesPerFacet,
          budget.signal,
        ),
      }
    },
  }
}

/** The articles that match, the best of them scored to the last digit. */
export async function retrieveScored(
  parts: RetrievalParts,
  plan: RetrievalPlan,
  words: readonly ResolvedWord[],
): Promise<Retrieval> {
  const lookedUp = await Promise.all(words.map(parts.words.of))
  const allowed = await allowedQueries(plan, parts.constraints, parts.documents)
  const scored = await parts.words.bounded(words)
  const boosts = await phraseBoosts(parts, plan)
  const scoring = { meanLength: parts.snapshot.statistics.meanLength, boosts: Object.fromEntries(boosts) }
  const most = Math.max(plan.candidates, plan.offset + plan.limit + plan.pinned.length)
  const byScoreSort = [{ _score: 'desc' }, ...tieSort(plan)]
  const findScored = async (threshold: number, byTitle: readonly number[]) => {
    const hitsQuery = hitsQueryOf(scored, allowed, threshold, byTitle)
    const query = scoredQuery(hitsQuery, scored, plan, scoring)
    const named = anyOf([numbered(byTitle), pinnedQuery(plan)])
    const namedCount = byTitle.length + plan.pinned.length
    const [found, others] = await Promise.all([
      findHits(parts, plan, query, most, byScoreSort),
      namedCount === 0 ? [] : hitsAmong(parts, plan, query, named, namedCount),
    ])
    return { hitsQuery, hits: merged(found.hits, others), total: found.total, groups: found.groups }
  }
  // as if enough articles had enough of the words, and no title said it all: mostly so, and it takes no waiting to ask for these
  const guess = thresholdOfMany(plan, words)
  const [threshold, byTitle, guessed] = await Promise.all([
    thresholdOf(parts, plan, words, lookedUp, allowed),
    bestByTitle(parts, plan, allowed),
    findScored(guess, []),
  ])
  const isRight = threshold === guess && byTitle.length === 0
  const { hitsQuery, hits, total, groups } = isRight ? guessed : await findScored(threshold, byTitle)
  const ties = tieOrder(plan)
  const roughly: Order = (a, b) => b.score - a.score || ties(a, b)
  const isByTitle = new Set(byTitle)
  const titled = hits.filter(({ docId }) => isByTitle.has(docId))
  const candidates = merged([...hits].sort(roughly).slice(0, plan.candidates), titled)
  const docIdsOf = (some: readonly Hit[]): number[] => some.map(({ docId }) => docId)
  // most of those that will be shown are among the first already
  const likely = candidates.slice(0, Math.min(LIKELY_MAX, LIKELY * (plan.offset + plan.limit)))
  await Promise.all([parts.documents.read(docIdsOf(candidates)), parts.documents.readArticles(docIdsOf(likely))])
  const scorer = new ExactScores(parts.documents, plan, words, scored, boosts)
  const exact = new Map(candidates.map(({ docId }) => [docId, scorer.score(docId, 0)]))
  const best = [...candidates].sort((a, b) => (exact.get(b.docId) ?? 0) - (exact.get(a.docId) ?? 0) || ties(a, b))
  return {
    candidates: best.map(({ docId }) => docId),
    async collect(added): Promise<Collected> {
      const totals = new Map(exact)
      for (const [docId, more] of added) totals.set(docId, scorer.score(docId, more))
      const totalOf = (hit: Hit): number => totals.get(hit.docId) ?? hit.score
      const byScore: Order = (a, b) => totalOf(b) - totalOf(a) || ties(a, b)
      const pins = plan.pinned.length === 0 ? [] : await pinsOf(parts, plan, allowed)
      const isHit = new Set(hits.map(({ docId }) => docId))
      const sufficient = plan.scoreMin > 0 ? hits.filter((hit) => totalOf(hit) >= plan.scoreMin) : hits
      const all = merged(sufficient, pins)
      const list = listed(all, orderOf(plan, pins, byScore), plan, groups)
      const shown = list.hits.slice(plan.offset, plan.offset + plan.limit)
      const [first] = list.hits
      const readNow = [...(plan.explain ? shown : []), ...(first === undefined ? [] : [first])]
      await parts.documents.read(readNow.map(({ docId }) => docId))
      const isPin = new Set(pins.map(({ docId }) => docId))
      const beyond = pins.filter(({ docId }) => !isHit.has(docId))
      const left = plan.scoreMin > 0 ? hits.filter((hit) => !sufficient.includes(hit)) : []
      const counted = anyOf([hitsQuery, ...beyond.map(({ docId }) => numbered([docId]))])
      return {
        hits: shown.map(
          (hit): CollectedHit => ({
            docId: hit.docId,
            score: isHit.has(hit.docId) ? totalOf(hit) : 0,
            duplicates: list.duplicates.get(hit) ?? 0,
            isPinned: isPin.has(hit.docId),
            shares: plan.explain ? (isHit.has(hit.docId) ? scorer.shares(hit.docId) : scorer.none) : null,
          }),
        ),
        totalHits: total - left.length + beyond.length - list.foldedCount,
        droppedWords: first === undefined ? [] : scorer.lackedBy(first.docId),
        facets: await facetsOf(
          parts.snapshot,
          without(counted, [...list.folded, ...left]),
          plan.facets,
          plan.maxValuesPerFacet,
          parts.budget.signal,
        ),
      }
    },
  }
}

/** By docId what phrases add that stand there just as they are spelt. */
async function phraseBoosts(
  { phrases }: RetrievalParts,
  { phraseBoosts }: RetrievalPlan,
): Promise<Map<number, number>> {
  const boosts = new Map<number, number>()
  for (const { phrase, field, boost } of phraseBoosts)
    for (const [docId, isExact] of await phrases.find(phrase, field))
      if (isExact) boosts.set(docId, (boosts.get(docId) ?? 0) + boost)
  return boosts
}

/** The pinned articles that are as the filter and the operators demand, in their order. */
async function pinsOf(parts: RetrievalParts, plan: RetrievalPlan, allowed: readonly Query[]): Promise<Hit[]> {
  const found = await hitsAmong(parts, plan, allOf(allowed), pinnedQuery(plan), plan.pinned.length)
  const byId = new Map(found.map((hit) => [hit.id, hit]))
  return [...new Set(plan.pinned)].map((id) => byId.get(bounded(id))).filter((hit) => hit !== undefined)
}

/** Pinned ones first, then by the fields that were asked for, then by the order given. */
function orderOf({ sort }: RetrievalPlan, pins: readonly Hit[], then: Order): Order {
  const places = new Map(pins.map(({ docId }, at) => [docId, at]))
  const placeOf = ({ docId }: Hit): number => places.get(docId) ?? places.size
  const byFields = fieldOrder(sort)
  return (a, b) => placeOf(a) - placeOf(b) || byFields(a, b) || then(a, b)
}

/** Both, each article once. */
function merged(some: readonly Hit[], others: readonly Hit[]): Hit[] {
  const known = new Set(some.map(({ docId }) => docId))
  return [...some, ...others.filter(({ docId }) => !known.has(docId))]
}

const pinnedQuery = ({ pinned }: RetrievalPlan): Query => ({ ids: { values: pinned.map(documentId) } })

const without = (query: Query, hits: readonly Hit[]): Query =>
  hits.length === 0 ? query : allOf([query, noneOf([numbered(hits.map(({ docId }) => docId))])])
