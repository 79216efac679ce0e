import { html } from 'hono/html'
import type { Problem } from '../http/problem.ts'
import { type Carried, type Html, pageOf, queryText, type Shell, searchForm } from './html.ts'
import { TEXTS } from './texts.ts'

/**
 * What went wrong, for people.
 * @param carried what the way back carries, too
 */
export function problemPage(shell: Shell, { title, detail }: Problem, carried: Carried): Html {
  const texts = TEXTS[shell.language]
  return pageOf(
    shell,
    `${title} – ${texts.search}`,
    html`<header>
<nav class="back"><a href="${shell.root}${queryText(carried)}">← ${texts.back}</a></nav>
${searchForm(shell.root, '', carried, shell.language)}
</header>
<main>
<h1>${title}</h1>
<p class="problem">${detail}</p>
</main>`,
  )
}
