import { NextEnds } from './next-ends.ts'

/** What may begin a mark, and code, in which there are none. */
const OPENING =
  /`+|~{3,}|<!--|\{\{\{?|\{%|\{#|\{:|\{|!?\[\[|%%|(?<!=)==(?!=)|(?<!\^)\^{1,2}(?!\^)|(?<!\+)\+\+(?!\+)|(?<=[\p{L}\p{N})])~(?=[\p{L}\p{N}+-])|@\[|<\/?[A-Za-z]|(?<![\w:]):[a-z][a-z0-9_+-]{0,60}:(?![\w:])| ?[([](?=(?:[\p{L}.]{1,8} )?-?@(?:sec|fig|tbl|lst|eq)-)| ?\[(?=-?@[\p{L}_])|(?<![\w\\])-?@(?=(?:sec|fig|tbl|lst|eq)-\w)/gu

/** The same of a page in HTML that a template engine fills. */
const TEMPLATE_OPENING = /\{\{\{?|\{%|\{#|<!--/g

/** No mark is longer. */
const MARK_LENGTH_MAX = 20_000
const CODE_LENGTH_MAX = 4000
const LINE_LENGTH_MAX = 500
/** What was made last is looked for in so many parts. */
const LAST_PARTS = 12
const MARGIN_MAX = 200
const TAG_LENGTH_MAX = 8000

/** Template tags whose content is no text. */
const SILENT = /^(?:comment|style|javascript|js|css|schema|stylesheet|script)$/
/** Those whose content stays as it is. */
const VERBATIM = /^(?:raw|verbatim)$/
/** Those that wrap code. */
const CODE_NAME = /^(?:highlight|codeblock|prism|code)$/

/** Attributes of kramdown, Pandoc, Goldmark and others: `{#id}`, `{.class}`, `{width=50%}`, `{-}`. */
const ATTRIBUTES = /^\{(?:[ \t]*[.#][\w-][^{}\n]{0,500}|-|[ \t]*[\w-]{1,60}=["'\w#%.][^{}\n]{0,500})\}/
const KRAMDOWN = /^\{:[^{}\n]*\}/
/** Roles of MyST, before what they wrap. */
const ROLE = /^\{[a-z][\w:+-]{0,60}\}(?=`)/i
/** CriticMarkup: what is new or marked stays, what is struck or said about it goes. */
const CRITIC = /^\{(?:\+\+([^{}]*)\+\+|--[^{}]*--|==([^{}]*)==|>>[^{}]*<<|~~[^{}~]*~>([^{}~]*)~~)\}/
/** References of Quarto, which puts a number in their place: `@fig-rooms`, and all of `(siehe @sec-a und @sec-b)`. */
const REFERENCE = /^-?@(?:sec|fig|tbl|lst|eq)-\w+(?:[-.:]\w+)*/
const REFERENCES =
  /^ ?[([](?:(?:siehe|vgl\.|s\.|see|cf\.) )?-?@(?:sec|fig|tbl|lst|eq)-\w+(?:[-.:]\w+)*(?:[,;]? (?:(?:und|oder|sowie|and|or) )?-?@(?:sec|fig|tbl|lst|eq)-\w+(?:[-.:]\w+)*)*[)\]](?!\()/
/** The end of a comment of Hugo's. */
const COMMENT_END = /\{\{[<%]\s*\/\s*comment\s*[>%]\}\}/
/** Citations of Pandoc: `[@meier2020, S. 3; @schulz]`; without a number it may be somebody's name. */
const CITATION =
  /^ ?\[(?=[^\]\n]{0,150}\p{N})-?@[\p{L}_][\p{L}\p{N}_:.#$%&+?<>~/-]{0,60}(?:[,;][^[\]\n]{0,80})?\](?![([:])/u
/** What VuePress puts a file's content in the place of: `@[code](x.js)`. */
const INCLUDED = /^@\[[a-z][^[\]\n]{0,100}\]\([^()\n]{1,300}\)/i
/** Words between marks that Markdown itself does not know: `==marked==`, `^^new^^`, keys `++ctrl+c++`, `H~2~O`, `x^2^`. */
const MARKED_WORDS = /^(==|\^\^)(?=[^\s=^])([^\n]{0,120}?[^\s=^])\1(?![\p{L}\p{N}])/u
const MARKED_LETTERS = /^([~^])([\p{L}\p{N}+−-]{1,20})\1(?![~^\p{N}])/u
const KEYS = /^(\+\+)((?:[\w-]{1,20}|"[^"\n]{1,30}")(?:\+(?:[\w-]{1,20}|"[^"\n]{1,30}")){0,5})\+\+/
const WIKI_LINK = /^(!?)\[\[([^[\]\n]+)\]\]/

/** A rest of a document, and what was made of what stands before it. */
interface Walk {
  readonly text: string
  /** None of them is empty. */
  readonly made: string[]
  readonly syntax: 'markdown' | 'mdx' | 'html'
  readonly ends: NextEnds
}

/** A document without marks inside of lines. Linear: each end is looked for once, and back only as far as a constant. */
export function withoutMarks(text: string, isMdx: boolean): string {
  return walked({ text, made: [], syntax: isMdx ? 'mdx' : 'markdown', ends: new NextEnds(text) }, OPENING)
}

/** A page of HTML without the marks of template engines: Liquid, Nunjucks, Hugo. */
export function withoutTemplateMarks(html: string): string {
  return walked({ text: html, made: [], syntax: 'html', ends: new NextEnds(html) }, TEMPLATE_OPENING)
}

function walked(walk: Walk, expression: RegExp): string {
  const { text, made } = walk
  const opening = new RegExp(expression)
  let from = 0
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const at = found.index
    put(walk, text.slice(from, at))
    const before = made.length
    const end = passed(walk, found[0], at)
    if (end === null) {
      // no mark: its first character is text, and what follows may be one
      put(walk, text[at] ?? '')
      from = at + 1
    } else {
      from = made.length === before ? afterGone(walk, at, end) : end
    }
    opening.lastIndex = from
  }
  put(walk, text.slice(from))
  return made.join('')
}

function put({ made }: Walk, words: string): void {
  if (words !== '') made.push(words)
}

/** The end of what is made: so many characters, fewer where it comes in many parts. */
function lastMade({ made }: Walk, length: number): string {
  const parts = made.slice(-LAST_PARTS).map((part) => part.slice(-length))
  return parts.join('').slice(-length)
}

/** What stands before a place in its line; null where that is longer than `lengthMax`. */
function margin(text: string, at: number, lengthMax: number): string | null {
  const before = text.slice(Math.max(0, at - lengthMax - 1), at)
  const lineStart = before.lastIndexOf('\n') + 1
  return lineStart === 0 && before.length > lengthMax ? null : before.slice(lineStart)
}

/** Where text goes on behind a mark that went: one of two blanks goes with it, and among elements of HTML all of its line. */
function afterGone(walk: Walk, at: number, end: number): number {
  const { text } = walk
  const line = lastMade(walk, LINE_LENGTH_MAX)
  if (line.slice(line.lastIndexOf('\n') + 1).trim() === '') {
    const next = /^[ \t]*\n[ \t]*(?=<|\{%|\{\{)/.exec(text.slice(end, end + LINE_LENGTH_MAX))
    if (next !== null) return end + next[0].length
  }
  return text[end] === ' ' && [' ', '\n', undefined].includes(text[at - 1]) ? end + 1 : end
}

/** Puts what stands for a mark into what is made; returns where the mark ends, null where it is none. */
function passed(walk: Walk, mark: string, at: number): number | null {
  const { text } = walk
  const rest = (length: number): string => text.slice(at, at + length)
  const say = (words: string, length: number): number => {
    put(walk, words)
    return at + length
  }
  if (mark.startsWith('```') || mark.startsWith('~~~')) {
    if (isLineStart(text, at)) return fenced(walk, mark, at)
    if (mark.startsWith('~')) return null
  }
  if (mark.startsWith('`')) return inlineCode(walk, mark, at)
  if (mark === '<!--') {
    const end = until(walk, '-->', at)
    // in a page it may say what is not to be indexed
    if (end !== null && walk.syntax === 'html') put(walk, text.slice(at, end))
    return end
  }
  if (mark === '{%') return templateTag(walk, at)
  if (mark.startsWith('{{')) return shortcode(walk, at)
  if (mark === '{:') {
    const [whole] = KRAMDOWN.exec(rest(1010)) ?? []
    if (whole === undefined) return null
    return /^\{::comment\}/.test(whole) ? until(walk, ['{:/comment}', '{:/}'], at) : say('', whole.length)
  }
  if (mark === '%%') return until(walk, '%%', at + 2)
  if (mark === '@[') {
    const included = INCLUDED.exec(rest(410))?.[0]
    return included === undefined ? null : say('', included.length)
  }
  if (/^(?:==|\+\+|\^\^?|~)$/.test(mark)) return markedWords(walk, mark, at)
  if (mark.endsWith('[[')) {
    const [whole, embedded = '', target = ''] = WIKI_LINK.exec(rest(410)) ?? []
    return whole === undefined ? null : say(wikiWords(target, embedded !== ''), whole.length)
  }
  if (mark.startsWith('<')) return component(walk, at)
  if (mark.startsWith(':')) return say('', mark.length)
  if (/[([@]$/.test(mark)) {
    const found = (mark.endsWith('@') ? REFERENCE : REFERENCES).exec(rest(510))
    const reference = (found ?? CITATION.exec(rest(410)))?.[0]
    return reference === undefined ? null : say('', reference.length)
  }
  const critic = CRITIC.exec(rest(4100))
  if (critic !== null) return say(critic[1] ?? critic[2] ?? critic[3] ?? '', critic[0].length)
  const attributes = ATTRIBUTES.exec(rest(600))?.[0] ?? ROLE.exec(rest(70))?.[0]
  if (attributes !== undefined && isAttached(attributes, walk)) return say('', attributes.length)
  if (mark === '{#') {
    const end = until(walk, '#}', at)
    if (end !== null) return end
  }
  return walk.syntax === 'mdx' ? expression(walk, at) : null
}

/** Words between two marks, without these; null where none ends them. */
function markedWords(walk: Walk, mark: string, at: number): number | null {
  const { text } = walk
  const before = text[at - 1] ?? ''
  if (mark === '^' && !/[\p{L}\p{N})\]]/u.test(before)) return null
  // a==b and 10~20~30 are what they say
  if (mark === '~' && !/\p{L}/u.test(before)) return null
  if (mark.length === 2 && /[\p{L}\p{N}]/u.test(before)) return null
  const form = mark === '++' ? KEYS : mark.length === 2 ? MARKED_WORDS : MARKED_LETTERS
  const found = form.exec(text.slice(at, at + 250))
  if (found === null) return null
  put(walk, found[2] ?? '')
  return at + found[0].length
}

/** Ids, classes and roles mean nothing else; `{width=3}` does where it stands behind nothing. */
function isAttached(attributes: string, walk: Walk): boolean {
  if (/^\{[ \t]*[.#]|^\{[a-z][\w:+-]*\}$/i.test(attributes)) return true
  const before = lastMade(walk, 1) || '\n'
  return /[)\]`*_\n]/.test(before) || (attributes === '{-}' && before === ' ')
}

/** Whether nothing but marks of quotes and lists stands before a place in its line. */
function isLineStart(text: string, at: number): boolean {
  const before = margin(text, at, LINE_LENGTH_MAX)
  return before !== null && /^[ \t>*+.)\d-]*$/.test(before)
}

function fenced(walk: Walk, fence: string, at: number): number {
  const { text } = walk
  const lineEnd = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at)
  // code between marks in one line
  if (fence.startsWith('`') && text.slice(at + fence.length, lineEnd).includes('`')) return inlineCode(walk, fence, at)
  const closing = new RegExp(`^[ \\t>]*${fence[0]}{${fence.length},}[ \\t]*$`, 'gm')
  closing.lastIndex = lineEnd
  const end = closing.exec(text) === null ? text.length : closing.lastIndex
  put(walk, text.slice(at, end))
  return end
}

function inlineCode(walk: Walk, mark: string, at: number): number {
  const { text } = walk
  const part = text.slice(at + mark.length, at + CODE_LENGTH_MAX).split(/\n[ \t]*\n/, 1)[0] ?? ''
  for (const { 0: run, index } of part.matchAll(/`+/g))
    if (run.length === mark.length) {
      const end = at + mark.length + index + run.length
      put(walk, text.slice(at, end))
      return end
    }
  put(walk, mark)
  return at + mark.length
}

/** Passes over everything up to and with the nearest of these ends. */
function until(walk: Walk, marks: string | readonly string[], at: number): number | null {
  const found = [marks].flat().flatMap((mark) => walk.ends.after(mark, at)?.to ?? [])
  return found.length === 0 ? null : Math.min(...found)
}

/** Liquid, Nunjucks, Jinja, Twig: `{% include x.html %}`, `{%- if -%}`. */
function templateTag(walk: Walk, at: number): number | null {
  const end = until(walk, '%}', at)
  if (end === null || end - at > MARK_LENGTH_MAX) return null
  const name = /^\{%-?\s*([\w-]+)/.exec(walk.text.slice(at, at + 100))?.[1] ?? ''
  const isVerbatim = VERBATIM.test(name)
  // in a page it is what a program in the browser fills
  if (isVerbatim && walk.syntax === 'html') return end
  if (isVerbatim || SILENT.test(name)) {
    const close = walk.ends.after(new RegExp(`\\{%-?\\s*end${name}\\s*-?%\\}`), end)
    if (close !== null) {
      if (isVerbatim) put(walk, walk.text.slice(end, close.from))
      return close.to
    }
  }
  put(walk, CODE_NAME.test(name.replace(/^end/, '')) ? codeEdge(walk) : destinationOf(walk))
  return end
}

/** Hugo's `{{< x >}}` and `{{% x %}}`, and the outputs of templates: `{{ page.title }}`. */
function shortcode(walk: Walk, at: number): number | null {
  const { text } = walk
  const kind = text[at + 2] ?? ''
  const isTriple = text.startsWith('{{{', at)
  const end = until(walk, isTriple ? '}}}' : kind === '<' ? '>}}' : kind === '%' ? '%}}' : '}}', at)
  if (end === null || end - at > MARK_LENGTH_MAX) return null
  const [, slash = '', name = ''] = /^\{\{[<%]([\s/]*)([\w-]+)/.exec(text.slice(at, at + 100)) ?? []
  if (name === 'comment' && !slash.includes('/')) {
    const close = walk.ends.after(COMMENT_END, end)
    if (close !== null) return close.to
  }
  put(walk, CODE_NAME.test(name) ? codeEdge(walk) : destinationOf(walk))
  return end
}

/** What begins and ends code. */
const codeEdge = ({ syntax }: Walk): string => (syntax === 'html' ? '' : '\n```\n')

/** Where a mark is the address of a link something must stay, or the link is none. */
function destinationOf(walk: Walk): string {
  return /\]\(<?$|\]: ?$/.test(lastMade(walk, 3)) ? '#' : ''
}

/** What a wiki shows of a link: its words, else the last part of the page's name. Of files put in nothing. */
function wikiWords(target: string, isEmbedded: boolean): string {
  const [page = '', ...words] = target.split('|')
  if (isEmbedded) return ''
  if (words.length > 0) return words.join('|').trim()
  const [name = '', part = ''] = page.split('#', 2)
  return (name.trim() === '' ? part : name.slice(name.lastIndexOf('/') + 1)).trim()
}

/** Components, and elements whose content is Markdown: the tag goes, and where it stood alone an empty line parts what it wraps. */
function component(walk: Walk, at: number): number | null {
  const { text, syntax } = walk
  const name = /^<\/?([A-Za-z][\w.:-]*)(?=[\s/>])/.exec(text.slice(at, at + 100))?.[1]
  if (name === undefined) return null
  const isComponent = /^[A-Z]/.test(name)
  const end = tagEnd(text, at)
  if (end === null) return null
  const isAlone =
    margin(text, at, MARGIN_MAX)?.trim() === '' && /^[ \t]*(?:\n|$)/.test(text.slice(end, end + MARGIN_MAX))
  const isWrapper = /\smarkdown(?:=|[\s>])/.test(text.slice(at, end)) || (syntax === 'mdx' && isAlone)
  if (!isComponent && !isWrapper) return null
  if (/^(?:script|style|pre|textarea)$/.test(name)) return null
  if (isAlone) put(walk, '\n')
  return end
}

/** Where a tag ends, braces and quotes in it left out. */
function tagEnd(text: string, at: number): number | null {
  let depth = 0
  let quote = ''
  for (let i = at + 1; i < text.length && i < at + TAG_LENGTH_MAX; i++) {
    const char = text[i] ?? ''
    if (quote !== '') {
      if (char === quote) quote = ''
    } else if (char === '"' || char === "'" || (char === '`' && depth > 0)) quote = char
    else if (char === '{') depth++
    else if (char === '}') depth--
    else if (char === '>' && depth <= 0) return i + 1
    else if (char === '<' && depth === 0) return null
  }
  return null
}

/** An expression of MDX: a text says itself, everything else is for the program. */
function expression(walk: Walk, at: number): number | null {
  const { text } = walk
  let depth = 0
  for (let i = at; i < text.length && i < at + TAG_LENGTH_MAX; i++) {
    if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth === 0) {
      const inside = text.slice(at + 1, i).trim()
      put(walk, /^(["'`])([^"'`$]*)\1$/.exec(inside)?.[2] ?? '')
      return i + 1
    }
  }
  return null
}
