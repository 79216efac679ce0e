/** What may stand between marks of inline text. */
const LITERAL = /``([^\n`]{1,2000}|[^`]{1,2000})``/g
/** `:role:`text <target>``, and links. */
const ROLE = /(?::[\w:+.-]{1,60}:)?`([^`]{1,2000})`(?:_{1,2}|:[\w:+.-]{1,60}:)?/g
const TARGET = /\s*<[^<>]{1,1000}>$/
const STRONG = /\*\*([^*\n]{1,2000})\*\*/g
const EMPHASIS = /(?<![\w*\\])\*([^*\s](?:[^*\n]{0,2000}[^*\s])?)\*(?![\w*])/g
const REFERENCE = /(?<=[\p{L}\p{N}])_{1,2}(?![\p{L}\p{N}_`])/gu
const FOOTNOTE = /\s?\[(?:\d{1,4}|#[\w-]{0,40}|\*|[A-Za-z][\w-]{0,40})\]_/g
const SUBSTITUTION = /\|([^|\s](?:[^|\n]{0,80}[^|\s])?)\|_{0,2}/g
const ESCAPE = /\\(\s|[^\s\w])/g

/** A paragraph of reStructuredText without its marks; words in literals stay as they are. */
export function plainRst(text: string): string {
  const parts: string[] = []
  let from = 0
  for (const { 0: whole, 1: code = '', index } of text.matchAll(LITERAL)) {
    parts.push(plainPart(text.slice(from, index)), code)
    from = index + whole.length
  }
  parts.push(plainPart(text.slice(from)))
  return parts.join('')
}

function plainPart(text: string): string {
  if (!/[`*_|\\[]/.test(text)) return text
  return text
    .replace(ROLE, (_, words: string) => words.replace(TARGET, '').replace(/^[~!]/, '') || words.trim().slice(1, -1))
    .replace(STRONG, '$1')
    .replace(EMPHASIS, '$1')
    .replace(FOOTNOTE, '')
    .replace(SUBSTITUTION, '')
    .replace(REFERENCE, '')
    .replace(ESCAPE, (_, sign: string) => sign.trim())
}
