// How well what was read of a page agrees with what the set says of it.

/** Blanks collapsed, no soft hyphens, one form of letters: how a string is written decides nothing. */
const plain = (text) => text.normalize('NFC').replaceAll('\u00ad', '').replace(/\s+/g, ' ').trim()
/** Names and titles: quotes and dashes too. */
const loose = (text) =>
  plain(text)
    .toLowerCase()
    .replace(/[„“”"«»‚‘’']/g, '')
    .replace(/[–—]/g, '-')

/**
 * @param article what was made of the page; undefined where it is none
 * @param plainText the text of a piece of HTML: the set has entities in its titles
 */
export function scored({ gold }, article, plainText) {
  const text = plain(`${article?.title ?? ''} ${article?.text ?? ''}`)
  const lost = gold.with.filter((wanted) => !text.includes(plain(wanted)))
  const left = gold.without.filter((unwanted) => text.includes(plain(unwanted)))
  return {
    wanted: gold.with.length,
    lost,
    left,
    isEmpty: (article?.text ?? '') === '',
    title: agreement(plainText([gold.title ?? ''].flat().join(', ')), article?.title),
    author: agreement(plainText([gold.author ?? ''].flat().join(', ')), article?.author),
    date: agreement(gold.date ?? '', article?.date?.slice(0, 10)),
  }
}

/** null where the set says nothing. */
function agreement(wanted, got) {
  if (wanted === '') return null
  if (got === undefined || got === null || got === '') return { kind: 'none', wanted, got: '' }
  return { kind: loose(wanted) === loose(got) ? 'equal' : 'other', wanted, got }
}

/** The figures of many pages. */
export function figuresOf(results) {
  const sum = (of) => results.reduce((total, one) => total + of(one), 0)
  const wanted = sum((one) => one.score.wanted)
  const found = wanted - sum((one) => one.score.lost.length)
  const left = sum((one) => one.score.left.length)
  const precision = found / (found + left)
  const recall = found / wanted
  const times = results.map(({ ms }) => ms).sort((a, b) => a - b)
  const quantile = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))]
  const field = (name) => {
    const said = results.map(({ score }) => score[name]).filter((one) => one !== null)
    return ['equal', 'other', 'none'].map((kind) => said.filter((one) => one.kind === kind).length).join('/')
  }
  return {
    pages: results.length,
    P: precision.toFixed(3),
    R: recall.toFixed(3),
    F1: ((2 * precision * recall) / (precision + recall)).toFixed(3),
    wanted: `${found}/${wanted}`,
    left,
    lossy: results.filter(({ score }) => score.lost.length > 0).length,
    dirty: results.filter(({ score }) => score.left.length > 0).length,
    empty: results.filter(({ score }) => score.isEmpty).length,
    'date =/≠/-': field('date'),
    'author =/≠/-': field('author'),
    'title =/≠/-': field('title'),
    'ms median/p95/max': [0.5, 0.95, 1].map((share) => quantile(share).toFixed(0)).join('/'),
  }
}
