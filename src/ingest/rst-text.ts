/** What stands before and behind words in backquotes, and tells what they are. */
const ROLE_SIGN = /[\w+.:-]/
const ROLE_BEHIND = /^(?:_{1,2}|:[\w+.-]{1,60}:)/
const EMPHASIS = /(?<![\w*\\])\*(?=[^\s*])([^*\n]+)\*(?![\w*])/g
const REFERENCE = /(?<=[\p{L}\p{N}])_{1,2}(?![\p{L}\p{N}_`])/gu
const FOOTNOTE = /\[[#*\w][\w-]*\]_/g
const SUBSTITUTION = /\|(?=[^|\s])([^|\n]+)\|_{0,2}/g
const ESCAPE = /\\(\s|[^\s\w])/g
/** A role's name is looked for in so many characters. */
const ROLE_LENGTH_MAX = 130

/** A paragraph of reStructuredText without its marks; words in literals stay as they are. */
export function plainRst(text: string): string {
  const parts = text.split('``')
  // a last mark that nothing ends is text
  const paired = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join('``')]
  return paired.map((part, index) => (index % 2 === 1 ? part : plainPart(part))).join('')
}

/** Words between backquotes: a link gives its words, a role what it wraps. */
function plainPart(text: string): string {
  const parts = text.split('`')
  if (parts.length % 2 === 0) parts.push(`${parts.pop()}`)
  const plain = parts.map((part, index) => {
    if (index % 2 === 1 && index < parts.length - 1) return linkWords(part)
    const behind = index > 1 ? part.replace(ROLE_BEHIND, '') : part
    return plainWords(index < parts.length - 1 ? withoutRole(behind) : behind)
  })
  return plain.join('')
}

/** What stands before a role's name, `:doc:`, at the end of a text. */
function withoutRole(text: string): string {
  if (!text.endsWith(':')) return text
  let at = text.length - 1
  while (at > 0 && text.length - at < ROLE_LENGTH_MAX && ROLE_SIGN.test(text[at - 1] ?? '')) at--
  const start = text.indexOf(':', at)
  return start < text.length - 1 ? text.slice(0, start) : text
}

/** `words <target>`, or a target alone. */
function linkWords(part: string): string {
  const at = part.endsWith('>') ? part.lastIndexOf('<') : -1
  const words = at > 0 ? part.slice(0, at).trim() : part
  if (at === 0) return part.slice(1, -1)
  return words.replace(/^[~!]/, '')
}

function plainWords(text: string): string {
  if (!/[*_|\\[]/.test(text)) return text
  const strong = text.split('**')
  // here, too, a last mark that nothing ends is text
  const paired = strong.length % 2 === 1 ? strong : [...strong.slice(0, -2), strong.slice(-2).join('**')]
  return paired
    .join('')
    .replace(EMPHASIS, '$1')
    .replace(FOOTNOTE, '')
    .replace(SUBSTITUTION, '')
    .replace(REFERENCE, '')
    .replace(ESCAPE, (_, sign: string) => sign.trim())
}
