import { describe, expect, it } from 'vitest'
import { articleLanguage } from '../../src/ingest/article-language.ts'
import { htmlReader } from '../../src/ingest/html.ts'
import { markdownReader } from '../../src/ingest/markdown.ts'

const GERMAN =
  'Am Samstag öffnet das Freibad wieder seine Tore. Wer früh kommt, muss an der Kasse nicht lange warten, und für die Kinder gibt es ein Eis, solange der Vorrat reicht. Danach wird es auf der Wiese noch ein Konzert geben, zu dem alle eingeladen sind.'
const ENGLISH =
  'The public pool opens again on Saturday. If you come early, you will not have to wait for long at the entrance, and there is ice cream for all the children while it lasts. After that there will be a concert, and everybody who wants to come is welcome.'
const SHORT = 'The pool is open again.'

describe('the language of an article', () => {
  it.each([
    ['told by its text', null, '', ENGLISH, 'en'],
    [
      'told by title and text together',
      null,
      'Das Freibad ist am Samstag wieder für alle da',
      GERMAN.slice(0, 90),
      'de',
    ],
    ['not told where the text is short', null, '', SHORT, null],
    ['as it says itself, with the country', 'de-AT', '', GERMAN, 'de-AT'],
    ['as it says itself where the text is short', 'de', '', SHORT, 'de'],
    ['that of the text where a template says otherwise', 'en', '', GERMAN, 'de'],
    ['that of the text where a template says it is German', 'de-DE', '', ENGLISH, 'en'],
    ['as it says itself where the text has two languages', 'en', '', `${ENGLISH} ${GERMAN}`, 'en'],
    ['as it says itself where texts are not told as that', 'gsw', '', GERMAN, 'gsw'],
    ['as it says itself where that is no tag', 'Deutsch (leicht)', '', ENGLISH, 'Deutsch (leicht)'],
  ])('%s', (_, said, title, text, language) => {
    expect(articleLanguage(said, title, text)).toBe(language)
  })
})

const SPANISH = `Reemplace las expresiones de función con funciones de flecha en el código a continuación, y luego explique por qué no cambia
lo que hace cuando se llama desde otro lugar que el de su definición:`
const CODE = `function ask(question, yes, no) {
  if (confirm(question)) yes()
  else no()
}
for (const one of all) if (one.is(not) || one.has(been)) return this.do(it, with, the, other, or, but, then, as, before)`

it.each([
  ['Markdown', markdownReader, 'a.md', `# Flechas\n\n${SPANISH}\n\n\`\`\`js\n${CODE}\n\`\`\`\n`],
  ['HTML', htmlReader, 'a.html', `<main><h1>Flechas</h1><p>${SPANISH}</p><pre><code>${CODE}</code></pre></main>`],
])('programs in %s, whose words are English in every language, do not count', (_, reader, path, text) => {
  const [reading] = reader.read({ path, text })
  expect(reading).toMatchObject({ kind: 'article', article: { language: 'es' } })
})

it('a licence set as a program is told all the same', () => {
  const lines = ENGLISH.replaceAll('. ', '.\n    ')
  const [reading] = markdownReader.read({ path: 'a.md', text: `# Lizenz\n\n    ${lines}\n` })
  expect(reading).toMatchObject({ kind: 'article', article: { language: 'en' } })
})
