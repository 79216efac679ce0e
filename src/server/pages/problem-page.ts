import { html } from 'hono/html'
import type { Language } from '../../errors.ts'
import type { Problem } from '../http/problem.ts'
import { type Html, pageOf, type Shell, searchForm } from './html.ts'
import { TEXTS } from './texts.ts'

/**
 * What went wrong, for people.
 * @param asked the language the address asked for, which the way back then does too
 */
export function problemPage(shell: Shell, { title, detail }: Problem, asked: Language | null): Html {
  const texts = TEXTS[shell.language]
  return pageOf(
    shell,
    `${title} – ${texts.search}`,
    html`<header>
<nav class="back"><a href="${shell.root}${asked === null ? '' : `?lang=${asked}`}">← ${texts.back}</a></nav>
${searchForm(shell.root, '', asked, shell.language)}
</header>
<main>
<h1>${title}</h1>
<p class="problem">${detail}</p>
</main>`,
  )
}
