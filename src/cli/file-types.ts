import type { Language, Localized } from '../errors.ts'
import type { ReadType, SkippedType } from '../update/file-types.ts'

const list = (endings: string): string[] => endings.split(' ').map((ending) => `.${ending}`)

/** What can be done about files that no reader takes, by their endings. */
const REMEDIES: readonly { readonly endings: readonly string[]; readonly remedy: Localized }[] = [
  {
    endings: list('doc dot rtf wpd wps pages fodt sxw abw'),
    remedy: { de: 'als .docx oder PDF speichern', en: 'save as .docx or PDF' },
  },
  {
    endings: list('xls xlsx xlsm ods numbers'),
    remedy: { de: 'als .csv speichern', en: 'save as .csv' },
  },
  {
    endings: list('ppt pptx pps ppsx odp key pub'),
    remedy: { de: 'als PDF speichern', en: 'save as PDF' },
  },
  {
    endings: list('org tex textile wiki mediawiki pod ipynb'),
    remedy: { de: 'die daraus gebauten HTML-Seiten einlesen', en: 'index the HTML pages that are built of them' },
  },
  {
    endings: list('php phtml asp aspx jsp vue svelte astro njk liquid hbs ejs twig pug haml'),
    remedy: { de: 'die fertigen HTML-Seiten einlesen', en: 'index the finished HTML pages' },
  },
  { endings: list('zip gz tgz tar bz2 xz zst rar 7z'), remedy: { de: 'auspacken', en: 'unpack them' } },
  {
    endings: list('mobi azw azw3 prc fb2 djvu ps eps xps'),
    remedy: { de: 'in EPUB oder PDF umwandeln', en: 'convert them to EPUB or PDF' },
  },
  {
    endings: list('eml msg mbox'),
    remedy: { de: 'als Text oder HTML speichern', en: 'save them as text or HTML' },
  },
]

const OTHERS: Readonly<Record<Exclude<SkippedType['why'], 'ending'>, readonly [one: Localized, more: Localized]>> = {
  readme: [
    { de: 'README', en: 'README' },
    { de: 'READMEs', en: 'READMEs' },
  ],
  robots: [
    { de: 'Datei für Suchmaschinen (robots.txt …)', en: 'file for search engines (robots.txt …)' },
    { de: 'Dateien für Suchmaschinen (robots.txt …)', en: 'files for search engines (robots.txt …)' },
  ],
  program: [
    { de: 'Datei für Programme (package.json …)', en: 'file for programs (package.json …)' },
    { de: 'Dateien für Programme (package.json …)', en: 'files for programs (package.json …)' },
  ],
  special: [
    { de: 'keine gewöhnliche Datei', en: 'no ordinary file' },
    { de: 'keine gewöhnlichen Dateien', en: 'no ordinary files' },
  ],
  hidden: [
    { de: 'Verknüpfung mit Verstecktem (.name, node_modules)', en: 'link to something hidden (.name, node_modules)' },
    {
      de: 'Verknüpfungen mit Verstecktem (.name, node_modules)',
      en: 'links to something hidden (.name, node_modules)',
    },
  ],
  excluded: [
    { de: 'ausgeschlossen (.fundstelleignore, --exclude)', en: 'excluded (.fundstelleignore, --exclude)' },
    { de: 'ausgeschlossen (.fundstelleignore, --exclude)', en: 'excluded (.fundstelleignore, --exclude)' },
  ],
  generator: [
    { de: 'vom Generator der Website ausgenommen', en: 'left out by the generator of the site' },
    { de: 'vom Generator der Website ausgenommen', en: 'left out by the generator of the site' },
  ],
  unrecognised: [
    { de: 'ohne Artikel', en: 'without articles' },
    { de: 'ohne Artikel', en: 'without articles' },
  ],
}

/** So many types with nothing to be done about are named. */
const NAMED_MAX = 8

/** What is to be done about files of an ending; null where nothing is, as for pictures. */
export function remedyFor({ why, ending = '' }: SkippedType): Localized | null {
  if (why !== 'ending') return null
  return REMEDIES.find(({ endings }) => endings.includes(ending))?.remedy ?? null
}

/** What was read, by type; null where all of it was of one. */
export function readLine(types: readonly ReadType[], language: Language): string | null {
  if (types.length < 2) return null
  const named = types.slice(0, NAMED_MAX).map(({ ending, count }) => `${count} × ${ending}`)
  const rest = types.slice(NAMED_MAX).reduce((sum, { count }) => sum + count, 0)
  if (rest > 0) named.push({ de: `${rest} andere`, en: `${rest} others` }[language])
  return `${{ de: 'Gelesen', en: 'Read' }[language]}: ${named.join(', ')}`
}

/** What was passed over, by type: a line for each thing that can be done, with an example, and one for the rest. */
export function skippedLines(types: readonly SkippedType[], language: Language): string[] {
  const word = { de: 'Übersprungen', en: 'Skipped' }[language]
  const example = { de: 'etwa', en: 'such as' }[language]
  const lines = REMEDIES.flatMap(({ remedy }) => {
    const group = types.filter((type) => remedyFor(type) === remedy)
    if (group.length === 0) return []
    const names = group.map((type) => nameOf(type, language)).join(', ')
    return [`${word}: ${names}, ${example} ${group[0]?.example} – ${remedy[language]}`]
  })
  const rest = types.filter((type) => remedyFor(type) === null)
  if (rest.length === 0) return lines
  const names = rest.slice(0, NAMED_MAX).map((type) => nameOf(type, language))
  return [...lines, `${word}: ${[...names, ...(rest.length > NAMED_MAX ? ['…'] : [])].join(', ')}`]
}

function nameOf({ why, ending = '', count }: SkippedType, language: Language): string {
  if (why === 'ending') return `${count} × ${ending === '' ? { de: 'ohne Endung', en: 'no ending' }[language] : ending}`
  const words = `${count} ${OTHERS[why][count === 1 ? 0 : 1][language]}`
  return why === 'unrecognised' ? `${words} (${ending})` : words
}
