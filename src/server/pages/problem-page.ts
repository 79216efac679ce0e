import { html } from 'hono/html'
import type { Problem } from '../problem.ts'
import { type Html, pageOf, type Shell } from './html.ts'
import { TEXTS } from './texts.ts'

/** What went wrong, for people. */
export function problemPage(shell: Shell, { title, detail }: Problem): Html {
  const texts = TEXTS[shell.language]
  return pageOf(
    shell,
    `${title} – ${texts.search}`,
    html`<main>
<h1>${title}</h1>
<p class="problem">${detail}</p>
<p><a href="${shell.root}">${texts.back}</a></p>
</main>`,
  )
}
