const KEY = /^["']?[\p{L}_$][\p{L}\p{N}_$. -]*["']?$/u
/** A text or list that goes on over more lines than this is hardly meant to. */
const LINES_MAX = 400
/** Values that are more than a text: blocks, anchors, tags, and what is closed further on, or should be. */
const NO_TEXT = /^(?:[|>][+-]?\d?\s*(?:#.*)?$|[!&]\S+ |["'[{])/
const OPENERS = /["'[{]/

export interface IndentedYaml {
  readonly text: string
  /** Pairs on lines that were taken into a text or list although they stand no deeper than it: something may have been left open by mistake. */
  readonly swallowed: readonly (readonly [string, string])[]
}

/**
 * A head in which texts in quotation marks, lists and objects that go on in further lines are indented there: the standard demands
 * that, the parsers of Jekyll and Hugo do not.
 */
export function indentedYaml(head: string): IndentedYaml {
  const lines = head.split('\n')
  const made: string[] = []
  const swallowed: [string, string][] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    made.push(line)
    const { indent, value } = pairOf(line)
    if (!OPENERS.test(value[0] ?? '')) continue
    const end = closingLine(lines, at, value)
    if (end === null) continue
    const prefix = ' '.repeat(indent.length + 2)
    for (at += 1; at <= end; at++) {
      const taken = lines[at] ?? ''
      made.push(taken.trim() === '' ? '' : prefix + taken.trimStart())
      const pair = pairOf(taken)
      if (pair.value !== '' && pair.indent.length <= indent.length)
        swallowed.push([unquoted(pair.key), unquoted(pair.value.split(/[ \t]#/, 1)[0] ?? '')])
    }
    at -= 1
  }
  return { text: made.join('\n'), swallowed }
}

/** A word without the marks around it, also where only one is left, and without the comma behind it. */
function unquoted(word: string): string {
  return word
    .trim()
    .replace(/[\]},]{1,3}$/, '')
    .replace(/^["']|["']$/g, '')
}

/** A pair on a line of its own, as `key: value`, also as the first of a list's item; its value is empty for any other line. */
function pairOf(line: string): { readonly indent: string; readonly key: string; readonly value: string } {
  const indent = /^[ -]*/.exec(line)?.[0] ?? ''
  const colon = line.indexOf(': ', indent.length)
  const key = line.slice(indent.length, colon)
  if (colon < 0 || !/^(?: |- )*$/.test(indent) || !KEY.test(key)) return { indent, key: '', value: '' }
  return { indent, key, value: line.slice(colon + 2).trimStart() }
}

/** On which line ends what a value begins with; null where on its own line or nowhere. */
function closingLine(lines: readonly string[], from: number, value: string): number | null {
  let open = ''
  let quote = ''
  for (let at = from; at < lines.length && at <= from + LINES_MAX; at++) {
    const text = at === from ? value : (lines[at] ?? '')
    for (let i = 0; i < text.length; i++) {
      const char = text[i] ?? ''
      if (quote !== '') {
        if (char === '\\' && quote === '"') i++
        else if (char === quote && quote === "'" && text[i + 1] === "'") i++
        else if (char === quote) quote = ''
      } else if (char === '"' || char === "'") {
        // within a list only at the start of an entry: elsewhere it is an apostrophe
        if (open === '' || /[[{,:\s]/.test(text[i - 1] ?? ' ')) quote = char
      } else if (char === '[' || char === '{') open += char
      else if (char === ']' || char === '}') open = open.slice(0, -1)
      if (quote === '' && open === '') return at === from ? null : at
    }
  }
  return null
}

/** Of tabs as indentation, which no parser takes, each is as wide as people mean them. */
const TAB = '  '

/**
 * A head in which each text that cannot be read as it stands is put in quotation marks, as in `title: Rom: eine Reise`, and no tabs indent.
 * @param isBroken whether a value cannot be read on its own
 */
export function quotedYaml(head: string, isBroken: (value: string) => boolean): string {
  const lines = head.split('\n').map((given) => {
    const line = given.replace(/^\t+/, (tabs) => TAB.repeat(tabs.length))
    const { indent, key, value } = pairOf(line)
    if (value === '' || NO_TEXT.test(value) || !isBroken(value)) return line
    return `${indent}${key}: '${value.trim().replaceAll("'", "''")}'`
  })
  return lines.join('\n')
}
