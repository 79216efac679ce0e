import type { Language } from '../../errors.ts'

/** Making a formatter takes forty times as long as using it. */
const formatters = (locale: string) => ({
  number: new Intl.NumberFormat(locale, { useGrouping: 'min2' }),
  date: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
})
const FORMATTERS = { de: formatters('de-DE'), en: formatters('en-GB') }

/** A number as people of a language write it. */
export const numberText = (number: number, language: Language): string => FORMATTERS[language].number.format(number)

/** A day as people of a language write it, as the article has it, whatever its time zone. */
export const dateText = (date: string, language: Language): string =>
  FORMATTERS[language].date.format(new Date(`${date.slice(0, 10)}T00:00:00Z`))

interface Texts {
  readonly search: string
  readonly label: string
  readonly submit: string
  readonly newest: string
  readonly oldest: string
  readonly pageOf: (page: string, last: string) => string
  readonly noPage: (page: string) => string
  readonly firstPage: string
  readonly hits: (count: string, isOne: boolean) => string
  readonly none: (query: string) => string
  readonly nothingYet: string
  readonly tip: string
  /** Where not all was searched. */
  readonly noneYet: string
  readonly shorter: string
  readonly lookAround: string
  readonly daysReversed: string
  readonly onlyWith: string
  readonly withoutFilterLink: string
  readonly toHits: (hits: string) => string
  readonly fails: (word: string) => string
  readonly near: string
  readonly without: (word: string, hits: string) => string
  readonly withoutFilter: (hits: string) => string
  readonly withoutOperators: (hits: string) => string
  readonly didYouMean: string
  readonly dropped: string
  readonly read: (word: string, as: string) => string
  readonly sort: string
  readonly sorts: { readonly best: string; readonly newest: string; readonly oldest: string }
  readonly filters: string
  readonly apply: string
  readonly clear: string
  readonly date: string
  readonly from: string
  readonly to: string
  readonly pages: string
  readonly previous: string
  readonly next: string
  readonly duplicates: (count: string, isOne: boolean) => string
  readonly pageOfDocument: (number: number) => string
  readonly section: (title: string) => string
  readonly details: string
  readonly similar: string
  readonly back: string
  readonly source: string
  readonly field: Readonly<Record<string, string>>
  readonly wrong: string
  readonly failed: string
  readonly again: string
}

const quoted = { de: (word: string): string => `„${word}“`, en: (word: string): string => `“${word}”` }

/** What the pages say. */
export const TEXTS: Readonly<Record<Language, Texts>> = {
  de: {
    search: 'Suche',
    label: 'Suchbegriffe',
    submit: 'Suchen',
    newest: 'Neueste Artikel',
    oldest: 'Älteste Artikel',
    pageOf: (page, last) => `Seite ${page} von ${last}`,
    noPage: (page) => `Eine Seite ${page} gibt es nicht.`,
    firstPage: 'Zur ersten Seite',
    hits: (count) => `${count} Treffer`,
    none: (query) => `Kein Artikel passt zu ${quoted.de(query)}.`,
    nothingYet: 'Hier ist noch kein Artikel.',
    tip: 'Vielleicht hilft eine andere Schreibung oder ein allgemeineres Wort.',
    noneYet: 'Bis dahin wurde kein Artikel gefunden.',
    shorter: 'Vielleicht hilft eine kürzere Anfrage mit selteneren Wörtern.',
    lookAround: 'Neueste Artikel ansehen',
    daysReversed: 'Der Tag bei „von“ liegt nach dem bei „bis“.',
    onlyWith: 'Nur Artikel mit',
    withoutFilterLink: 'Filter entfernen',
    toHits: (hits) => `${hits} zeigen`,
    fails: (word) => `${quoted.de(word)} steht in keinem Artikel.`,
    near: 'Ähnlich geschrieben:',
    without: (word, hits) => `Ohne ${quoted.de(word)}: ${hits}`,
    withoutFilter: (hits) => `Ohne Filter: ${hits}`,
    withoutOperators: (hits) => `Mit denselben Wörtern, aber ohne Operatoren: ${hits}`,
    didYouMean: 'Meinten Sie:',
    dropped: 'Nicht im ersten Treffer:',
    read: (word, as) => `${quoted.de(word)} als ${quoted.de(as)} gelesen`,
    sort: 'Sortierung',
    sorts: { best: 'Passendste zuerst', newest: 'Neueste zuerst', oldest: 'Älteste zuerst' },
    filters: 'Eingrenzen',
    apply: 'Anwenden',
    clear: 'Alles zurücksetzen',
    date: 'Datum',
    from: 'von',
    to: 'bis',
    pages: 'Seiten',
    previous: 'Zurück',
    next: 'Weiter',
    pageOfDocument: (number) => `Seite ${number}`,
    section: (title) => `Abschnitt „${title}“`,
    duplicates: (count, isOne) => (isOne ? 'und ein gleicher Artikel' : `und ${count} gleiche Artikel`),
    details: 'Details',
    similar: 'Ähnliche Artikel',
    back: 'Zur Suche',
    source: 'Zum Original',
    field: {
      tags: 'Schlagwörter',
      author: 'Autor oder Autorin',
      language: 'Sprache',
      date: 'Datum',
      id: 'Artikel',
      'meta.description': 'Beschreibung',
    },
    wrong: 'In dieser Adresse stimmt etwas nicht.',
    failed: 'Die Suche ist gerade nicht zu erreichen.',
    again: 'Noch einmal versuchen',
  },
  en: {
    search: 'Search',
    label: 'Search terms',
    submit: 'Search',
    newest: 'Newest articles',
    oldest: 'Oldest articles',
    pageOf: (page, last) => `page ${page} of ${last}`,
    noPage: (page) => `There is no page ${page}.`,
    firstPage: 'To the first page',
    hits: (count, isOne) => (isOne ? `${count} hit` : `${count} hits`),
    none: (query) => `No article matches ${quoted.en(query)}.`,
    nothingYet: 'There is no article here yet.',
    tip: 'Another spelling or a more general word may help.',
    noneYet: 'No article was found until then.',
    shorter: 'A shorter query with rarer words may help.',
    lookAround: 'See the newest articles',
    daysReversed: 'The day in “from” is after that in “to”.',
    onlyWith: 'Only articles with',
    withoutFilterLink: 'Remove the filter',
    toHits: (hits) => `Show ${hits}`,
    fails: (word) => `No article contains ${quoted.en(word)}.`,
    near: 'Spelt alike:',
    without: (word, hits) => `Without ${quoted.en(word)}: ${hits}`,
    withoutFilter: (hits) => `Without the filters: ${hits}`,
    withoutOperators: (hits) => `With the same words, but without operators: ${hits}`,
    didYouMean: 'Did you mean:',
    dropped: 'Not in the first hit:',
    read: (word, as) => `${quoted.en(word)} read as ${quoted.en(as)}`,
    sort: 'Sort by',
    sorts: { best: 'Best match', newest: 'Newest first', oldest: 'Oldest first' },
    filters: 'Narrow down',
    apply: 'Apply',
    clear: 'Reset all',
    date: 'Date',
    from: 'from',
    to: 'to',
    pages: 'Pages',
    previous: 'Previous',
    next: 'Next',
    pageOfDocument: (number) => `page ${number}`,
    section: (title) => `section “${title}”`,
    duplicates: (count, isOne) => (isOne ? 'and one article just like it' : `and ${count} articles just like it`),
    details: 'Details',
    similar: 'Similar articles',
    back: 'To the search',
    source: 'To the original',
    field: { tags: 'Tags', author: 'Author', language: 'Language', date: 'Date', id: 'Article' },
    wrong: 'Something in this address is wrong.',
    failed: 'The search cannot be reached at the moment.',
    again: 'Try again',
  },
}

/** How a field is called: its own name with a capital, where it is nothing every article has. */
export function fieldText(name: string, language: Language): string {
  const known = TEXTS[language].field[name]
  if (known !== undefined) return known
  const short = name.replace(/^meta\./, '')
  return short.charAt(0).toLocaleUpperCase(language) + short.slice(1)
}
