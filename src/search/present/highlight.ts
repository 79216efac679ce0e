import type { ArticleText } from '../../article/article-text.ts'
import type { HighlightTags } from '../query/request.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string)
}

/**
 * `text.slice(start, end)`, HTML-escaped, with tags around the ranges that lie in it. Ranges are ascending and disjoint; what
 * of a range lies outside is cut off.
 */
export function highlight(
  text: ArticleText,
  start: number,
  end: number,
  ranges: Iterable<readonly [start: number, end: number]>,
  tags: HighlightTags,
): string {
  let html = ''
  let done = start
  for (const [from, to] of ranges) {
    const [left, right] = [Math.max(from, done), Math.min(to, end)]
    if (left >= right) continue
    html += escapeHtml(text.slice(done, left)) + tags.pre + escapeHtml(text.slice(left, right)) + tags.post
    done = right
  }
  return html + escapeHtml(text.slice(done, end))
}
