const inGroups = (count: number, lang: string): string => count.toLocaleString(lang)

/** What the box says, in both languages. */
export const WORDS = {
  de: {
    lang: 'de',
    control: 'Strg',
    label: 'Suche',
    placeholder: 'Suchen …',
    submit: 'Suchen',
    close: 'Schließen',
    list: 'Treffer',
    hits: (count: number) => `${inGroups(count, 'de')} Treffer`,
    all: (count: number) => `Alle ${inGroups(count, 'de')} Treffer zeigen`,
    here: 'Auf der Suchseite zeigen',
    none: (query: string) => `Nichts gefunden für „${query}“.`,
    meant: (query: string) => `Meinten Sie „${query}“?`,
    failed: 'Die Suche ist gerade nicht zu erreichen.',
    starting: 'Die Suche startet gerade. Bitte gleich noch einmal.',
    refused: 'Die Suche hat diese Anfrage nicht verstanden.',
    again: 'Noch einmal versuchen',
    waiting: 'Suche läuft …',
    page: 'Seite',
  },
  en: {
    lang: 'en',
    control: 'Ctrl',
    label: 'Search',
    placeholder: 'Search …',
    submit: 'Search',
    close: 'Close',
    list: 'Hits',
    hits: (count: number) => (count === 1 ? '1 hit' : `${inGroups(count, 'en')} hits`),
    all: (count: number) => `Show all ${inGroups(count, 'en')} hits`,
    here: 'Show on the search page',
    none: (query: string) => `Nothing found for “${query}”.`,
    meant: (query: string) => `Did you mean “${query}”?`,
    failed: 'The search cannot be reached at the moment.',
    starting: 'The search is starting. Please try again in a moment.',
    refused: 'The search did not understand this request.',
    again: 'Try again',
    waiting: 'Searching …',
    page: 'Page',
  },
}

export type Words = typeof WORDS.de
