/** Longer prologs are nobody's; searching for the ends of their parts costs quadratic time at worst. */
const PROLOG_LENGTH_MAX = 100_000

/** What stands between the beginning of an XML file and its root element. */
export interface Prolog {
  /** Where the document type begins and ends; both 0 where there is none. */
  readonly doctype: readonly [number, number]
  /** Where the root element begins. */
  readonly end: number
}

/** Finds declarations, comments and the document type, entities inside of it included. Never throws. */
export function prologOf(text: string): Prolog {
  const head = text.slice(0, PROLOG_LENGTH_MAX)
  let doctype: [number, number] = [0, 0]
  let at = 0
  for (;;) {
    while (at < head.length && /\s/.test(head[at] ?? '')) at++
    const isDoctype = /^<!doctype/i.test(head.slice(at, at + 9))
    const end = head.startsWith('<?', at)
      ? after(head, '?>', at)
      : head.startsWith('<!--', at)
        ? after(head, '-->', at)
        : isDoctype
          ? doctypeEnd(head, at)
          : -1
    if (end < 0) return { doctype, end: at }
    if (isDoctype) doctype = [at, end]
    at = end
  }
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** Of comments and instructions. */
const END_MARKS: ReadonlyMap<string, string> = new Map([
  ['<!--', '-->'],
  ['<?', '?>'],
])

/** A document type ends with the first `>` that is neither quoted nor between its brackets. */
function doctypeEnd(text: string, from: number): number {
  const parts = /"[^"]*"|'[^']*'|<!--|<\?|[[\]>]/g
  /** Marks that nothing ends from here on: each is looked for once. */
  const unended = new Set<string>()
  parts.lastIndex = from
  let isInside = false
  for (let part = parts.exec(text); part !== null; part = parts.exec(text)) {
    const endMark = END_MARKS.get(part[0])
    if (endMark !== undefined && !unended.has(endMark)) {
      const end = after(text, endMark, parts.lastIndex)
      if (end < 0) unended.add(endMark)
      else parts.lastIndex = end
    } else if (part[0] === '[') isInside = true
    else if (part[0] === ']') isInside = false
    else if (part[0] === '>' && !isInside) return parts.lastIndex
  }
  return -1
}
