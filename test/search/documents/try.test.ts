import { test } from 'vitest'
import { documentSearch } from '../../support/document-search.ts'
import { documentsAsked } from '../../support/document-requests.ts'
const dataset = (c: string) => [
  { id: 123, title: "Pride and Prejudice", author: "Jane Austen", [c]: "A great book", genre: ["romance"] },
  { id: 456, title: "Le Petit Prince", author: "Antoine de Saint-Exupéry", [c]: "A french book about a prince that walks on little cute planets", genre: ["adventure"], isNull: null, isTrue: true },
  { id: 2, title: "Le Rouge et le Noir", author: "Stendhal", [c]: "Another french book", genre: ["romance"] },
  { id: 1, title: "Alice In Wonderland", author: "Lewis Carroll", [c]: "A weird book", genre: ["adventure"] },
  { id: 1344, title: "The Hobbit", author: "J.R.R. Tolkien", [c]: "An awesome book", genre: ["fantasy", "adventure"] },
  { id: 4, title: "Harry Potter and the Half-Blood Prince", author: "J.K. Rowling", [c]: "The best book", genre: ["fantasy", "adventure"] },
  { id: 5, title: "Harry Potter and the Deathly Hallows", author: "J.K. Rowling", genre: ["fantasy", "adventure"] },
  { id: 42, title: "The Hitchhiker's Guide to the Galaxy", author: "Douglas Adams", genre: ["sci fi", "comedy"] },
]
test('x', async () => {
  for (const c of ['comment', 'text']) {
  const s = await documentSearch(dataset(c).map((d) => JSON.stringify(d)), { valued: ['genre', 'title', 'id', 'author'] })
  for (const q of ['prince']) {
    const a = await s.searchDocuments(documentsAsked({ q, showRankingScore: true, showRankingScoreDetails: true, shown: { displayed: null, retrieved: ['title'] } }))
    console.log(q, a.totalHits, a.processingTimeMs, a.hits.map((h) => h.json).join('\n'), JSON.stringify(a.facetDistribution), JSON.stringify(a.facetStats))
  }}
})
