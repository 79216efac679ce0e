// Marks of Markdown that no parser takes for such: within HTML, and of links that somebody left half.

/** The second half of a link: its address in brackets. */
const ADDRESS = String.raw`\((?:https?:\/\/|mailto:|\/|#|\.{1,2}\/)[^()\s<>"']{0,1000}\)`
const LINK_END = new RegExp(String.raw`\]${ADDRESS}`, 'g')

/** Within HTML: a link or picture, of which the words stay, and what is bold. */
const LINK_IN_HTML = /!?\[([^[\]<>\n]{0,500})\]\([^()\s<>"']{1,1000}\)/g
const BOLD_IN_HTML = /\*\*(?=[^\s*])([^*<>\n]{0,500}[^\s*])\*\*/g
/** There such marks are meant. */
const CODE_IN_HTML = /<(?:code|pre|kbd|samp|script|style|textarea)\b/i

/** A text without the addresses of links whose beginning is missing: `siehe Satzung](/satzung/)`. */
export function withoutLinkEnds(text: string): string {
  return text.includes('](') ? text.replace(LINK_END, '') : text
}

/** A piece of HTML without the marks of Markdown in it, which some generators read there; one with code in it stays as it is. */
export function htmlWithoutMarkdown(html: string): string {
  if (!/\]\(|\*\*/.test(html) || CODE_IN_HTML.test(html)) return html
  return html.replace(LINK_IN_HTML, '$1').replace(BOLD_IN_HTML, '$1')
}
