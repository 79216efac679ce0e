import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Language } from '../../errors.ts'
import { TEXTS } from './texts.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** Parameters of an address that links of its page have, too. */
export type Carried = readonly (readonly [name: string, value: string])[]

/** What every page is told from outside. */
export interface Shell {
  readonly language: Language
  /** Where the files for browsers are, relative to the page; with their versions, so that they can be kept for ever. */
  readonly css: string
  readonly js: string
  /** From the page to the root: `./` or `../`. */
  readonly root: string
}

/** Around what was found. */
export const MARK = { pre: '<mark>', post: '</mark>' }

/** A whole page around its content. */
export function pageOf({ language, css, js, root }: Shell, title: string, content: Html): Html {
  const texts = TEXTS[language]
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="stylesheet" href="${root}${css}">
<link rel="icon" href="${root}icon.svg" type="image/svg+xml">
<link rel="search" type="application/opensearchdescription+xml" href="${root}opensearch.xml" title="${texts.search}">
<script src="${root}${js}" defer></script>
</head>
<body>
${content}
</body>
</html>`
}

/** `?lang=de`; nothing for no parameters. */
export const queryText = (parameters: Carried): string =>
  parameters.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(parameters))}`

/** On pages beside the search page. */
export function searchForm(root: string, query: string, carried: Carried, language: Language): Html {
  const texts = TEXTS[language]
  const hidden = carried.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
  return html`<form action="${root}" method="get" role="search" class="box">
<input name="q" type="search" value="${query}" aria-label="${texts.label}" autocomplete="off" enterkeyhint="search">${hidden}<button>${texts.submit}</button>
</form>`
}
