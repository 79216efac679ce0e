// The figures of all runs as the Markdown table of docs/PERFORMANCE.md: the median, with the least and the greatest.

/** What a row says, the figures in it, their unit, and how many digits stand after the point. */
const ROWS = [
  ['yardstick: one thread parses the file and counts its words', ['yardstickSeconds'], 's', 1],
  ['index', ['indexSeconds'], 's', 1],
  ['index, in yardsticks', ['indexYardsticks'], '', 1],
  ['memory while indexing, at most', ['indexPeakMb'], 'MB', 0],
  ['on the disk', ['diskMb'], 'MB', 0],
  ['start to `/ready`', ['readySeconds'], 's', 1],
  ['first: p50 / p95 / max', ['firstP50Ms', 'firstP95Ms', 'firstMaxMs'], 'ms', 1],
  ['second: p50 / p95 / max', ['secondP50Ms', 'secondP95Ms', 'secondMaxMs'], 'ms', 1],
  ['32 connections: requests a second', ['perSecond'], '', 0],
  ['32 connections: p99', ['loadP99Ms'], 'ms', 0],
  ['answers that were no 200', ['failed'], '', 0],
  ['memory under load', ['rssMb'], 'MB', 0],
  ['one changed article, server running: the whole `index`', ['changeIndexMs'], 'ms', 0],
  ['then until it is found', ['changeFoundMs'], 'ms', 1],
  ['then the next search / the same search before', ['changeNextMs', 'changeBeforeMs'], 'ms', 1],
]

const NONE = '–'
/** Figures below one get a digit more. */
const SMALL = 1

/**
 * @param results one object a run, set and engine: `set`, `engine` and figures
 * @param rowsLeftOut names of figures that were not asked for
 */
export function tableOf(results, rowsLeftOut) {
  const distinct = (field) => [...new Set(results.map((one) => one[field]))]
  const engines = distinct('engine').filter((engine) => engine !== 'yardstick')
  const lines = [`| | ${engines.join(' | ')} |`, `|---${'|---'.repeat(engines.length)}|`]
  for (const set of distinct('set'))
    for (const [label, names, unit, digits] of ROWS) {
      if (rowsLeftOut.includes(names[0])) continue
      const cells = engines.map((engine) =>
        cellOf(
          results.filter((one) => one.set === set && one.engine === engine),
          names,
          unit,
          digits,
        ),
      )
      lines.push(`| ${set}: ${label} | ${cells.join(' | ')} |`)
    }
  return lines.join('\n')
}

function cellOf(runs, names, unit, digits) {
  const parts = names.map((name) => {
    const values = runs.map((one) => one[name]).filter((value) => Number.isFinite(value))
    return values.length === 0 ? NONE : saidOf(values, digits)
  })
  return parts.every((part) => part === NONE) ? NONE : `${parts.join(' / ')}${unit === '' ? '' : ` ${unit}`}`
}

function saidOf(values, digits) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  const places = digits > 0 && median < SMALL ? digits + 1 : digits
  const [mid, least, most] = [median, sorted[0], sorted.at(-1)].map((value) => value.toFixed(places))
  return sorted.length === 1 ? mid : `${mid} (${least} to ${most})`
}
