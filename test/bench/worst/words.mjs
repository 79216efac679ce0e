// What the articles of a running server are made of: their most frequent, longest and rarest words, ids and fields.

const READ_ARTICLES = 400
const KEPT = 400

/** @param ask (path) => Promise<object> of a JSON answer */
export async function wordsOf(ask) {
  const counts = new Map()
  const ids = []
  const titles = []
  let longest = { id: '', length: 0 }
  for (let offset = 0; offset < READ_ARTICLES; offset += 20) {
    const { hits } = await ask(
      `/search?q=&limit=20&offset=${offset}&attributesToRetrieve=id,title,text&foldDuplicates=none`,
    )
    for (const { id, title, text } of hits) {
      ids.push(id)
      titles.push(title)
      if (text.length > longest.length) longest = { id, length: text.length }
      for (const [word] of text.slice(0, 200_000).matchAll(/\p{L}[\p{L}\p{N}-]+/gu))
        counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    if (hits.length < 20) break
  }
  const words = [...counts].sort((a, b) => b[1] - a[1])
  const only = (list) => list.slice(0, KEPT).map(([word]) => word)
  const { facetDistribution } = await ask('/search?q=&limit=1&facets=*')
  const letters = 'abcdefghijklmnopqrstuvwxyzäöü'.split('')
  return {
    ids: ids.slice(0, KEPT),
    titles: titles.filter((title) => title !== '').slice(0, KEPT),
    longestId: longest.id,
    fields: ['id', 'title', 'url', 'date', 'tags', 'author', 'language', ...Object.keys(facetDistribution)],
    pools: {
      frequent: only(words),
      small: only(words.filter(([word]) => word.length < 5)),
      telling: only(words.filter(([word]) => word.length > 6)),
      longest: only([...words].sort((a, b) => b[0].length - a[0].length)),
      rare: only([...words].reverse()),
      hyphened: only(words.filter(([word]) => word.includes('-'))),
      numbers: Array.from({ length: 100 }, (_, i) => String(i * 37)),
      letters,
      pairs: letters.flatMap((a) => 'aeinrstu'.split('').map((b) => a + b)),
    },
  }
}
