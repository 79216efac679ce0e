import { html } from 'hono/html'
import { type Html, pageOf, type Shell } from '../pages/html.ts'
import type { Operation } from './operation.ts'

const TEXTS = {
  de: {
    title: 'Schnittstelle',
    lead: 'Alles, was dieser Server beantwortet. Für Programme:',
    parameters: 'Parameter',
    body: 'Inhalt der Anfrage',
    answer: 'Antwort',
    key: 'braucht mit Hauptschlüssel die Erlaubnis',
  },
  en: {
    title: 'Interface',
    lead: 'All that this server answers. For programs:',
    parameters: 'Parameters',
    body: 'Body of the request',
    answer: 'Answer',
    key: 'with a master key needs the action',
  },
} as const

/** The operations as a page that needs nothing from elsewhere. Summaries are English, as the interface is. */
export function docsPage(shell: Shell, operations: readonly Operation[]): Html {
  const texts = TEXTS[shell.language]
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  const content = html`<header><h1>${texts.title}</h1></header>
<main>
<p>${texts.lead} <a href="${shell.root}openapi.json">openapi.json</a> (OpenAPI 3.1)</p>
${tags.map(
  (tag) => html`<section lang="en">
<h2>${tag}</h2>
${operations.filter((operation) => operation.tag === tag).map((operation) => entry(operation, texts))}
</section>`,
)}
</main>`
  return pageOf(shell, `${texts.title} – Fundstelle`, content)
}

function entry(
  { method, path, summary, action, query, body, answers }: Operation,
  texts: (typeof TEXTS)['de' | 'en'],
): Html {
  const names = Object.keys(query?.shape ?? {})
  const status = Object.keys(answers).join(', ')
  const types = Object.values(answers)
    .map(({ type }) => type)
    .filter(Boolean)
  return html`<details>
<summary><code>${method.toUpperCase()} ${path}</code> ${summary}</summary>
${action === undefined ? '' : html`<p>${texts.key} <code>${action}</code></p>`}
${names.length === 0 ? '' : html`<p>${texts.parameters}: ${names.map((name) => html`<code>${name}</code> `)}</p>`}
${body === undefined ? '' : html`<p>${texts.body}: ${body.map(({ type }) => html`<code>${type}</code> `)}</p>`}
<p>${texts.answer}: ${status} ${types.map((type) => html`<code>${type}</code> `)}</p>
</details>
`
}
