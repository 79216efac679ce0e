import { html, raw } from 'hono/html'
import type { Article, MetaValue } from '../../article/article.ts'
import { NO_STRUCTURE } from '../../article/structure.ts'
import type { Language } from '../../errors.ts'
import type { Degradation } from '../../search/present/degradation.ts'
import { escapeHtml, highlight } from '../../search/present/highlight.ts'
import type { Hit } from '../../search/present/hit.ts'
import type { MarkedArticle } from '../../search/present/marks.ts'
import { articleText } from './article-text.ts'
import { type HitLinks, hitItem, isWebAddress, langOf } from './hits.ts'
import { type Html, MARK, pageOf, type Shell, searchForm } from './html.ts'
import { dateText, fieldText, TEXTS } from './texts.ts'

/** An article to read: its text with what was searched marked, its further fields as a table, and what is like it. */
export function articlePage(
  shell: Shell,
  { article, marks, degradation }: MarkedArticle & { readonly degradation: Degradation | null },
  similar: readonly Hit[],
  links: HitLinks,
): Html {
  const { language } = shell
  const texts = TEXTS[language]
  const title = article.title === '' ? article.id : article.title
  const heading =
    article.title === '' ? escapeHtml(article.id) : highlight(article.title, 0, article.title.length, marks.title, MARK)
  const parameters = new URLSearchParams()
  if (links.query !== '') parameters.set('q', links.query)
  for (const [name, value] of links.carried) parameters.set(name, value)
  return pageOf(
    shell,
    `${title} – ${texts.search}`,
    html`<header>
<nav class="back"><a href="${links.root}?${parameters.toString()}">← ${texts.back}</a></nav>
${searchForm(links.root, links.query, links.carried, language)}
</header>
<main>
<article${langOf(article.language, language)}>
<h1 dir="auto">${raw(heading)}</h1>
${about(article, language)}${degradation === null ? '' : html`<p class="read" role="note">${degradation.text}</p>`}
<div class="text">${articleText(article.text, marks.text, article.structure ?? NO_STRUCTURE, texts.pageOfDocument)}</div>
</article>
${details(article, language)}
${
  similar.length === 0
    ? ''
    : html`<section aria-labelledby="similar"><h2 id="similar">${texts.similar}</h2><ol id="hits">${similar.map((hit) => hitItem(hit, language, { ...links, query: '' }))}</ol></section>`
}
</main>`,
  )
}

function about({ date, author, url }: Article, language: Language): Html {
  const parts: Html[] = []
  if (date !== null) parts.push(html`<time datetime="${date}">${dateText(date, language)}</time>`)
  if (author !== null) parts.push(html`<span dir="auto">${author}</span>`)
  if (isWebAddress(url)) parts.push(html`<a href="${url}">${TEXTS[language].source}</a>`)
  return parts.length === 0 ? html`` : html`<p class="about">${parts}</p>`
}

function details({ tags, meta, language: written }: Article, language: Language): Html {
  const rows: [string, string][] = []
  if (tags.length > 0) rows.push(['tags', tags.join(', ')])
  if (written !== null) rows.push(['language', written])
  for (const [key, value] of Object.entries(meta)) rows.push([`meta.${key}`, valueText(value, language)])
  const filled = rows.filter(([, value]) => value.trim() !== '')
  if (filled.length === 0) return html``
  return html`<section aria-labelledby="details"><h2 id="details">${TEXTS[language].details}</h2>
<table>${filled.map(
    ([name, value]) =>
      html`<tr><th scope="row" dir="auto">${fieldText(name, language)}</th><td dir="auto">${value}</td></tr>`,
  )}</table></section>`
}

function valueText(value: MetaValue, language: Language): string {
  // a year or a number of something is no amount: no groups of digits
  if (typeof value === 'number') return language === 'de' ? String(value).replace('.', ',') : String(value)
  if (typeof value === 'boolean') return value ? { de: 'ja', en: 'yes' }[language] : { de: 'nein', en: 'no' }[language]
  return Array.isArray(value) ? value.join(', ') : String(value)
}
