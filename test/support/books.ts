/** A small catalogue as a shop has it. */
export const BOOKS = [
  {
    id: 1,
    titel: 'Die Häuser am Hafen',
    beschreibung: 'Ein Roman über drei Familien an der Elbe.',
    autor: 'Anna Lang',
    genre: ['Roman', 'Familie'],
    preis: 12.5,
    jahr: 2019,
    lieferbar: true,
  },
  {
    id: 2,
    titel: 'Das Haus im Wald',
    beschreibung: 'Wer wohnt dort, wo niemand wohnen will?',
    autor: 'Jan Berg',
    genre: ['Krimi'],
    preis: 9.99,
    jahr: 2021,
    lieferbar: true,
  },
  {
    id: 3,
    titel: 'Kochen mit Kürbissen',
    beschreibung: 'Suppen, Aufläufe und ein Kuchen.',
    autor: 'Rosa Feld',
    genre: ['Kochbuch'],
    preis: 24,
    jahr: 2020,
    lieferbar: false,
  },
  {
    id: 4,
    titel: 'Waldspaziergänge',
    beschreibung: 'Vierzig Wege durch deutsche Wälder.',
    autor: 'Jan Berg',
    genre: ['Reise', 'Natur'],
    preis: 17.9,
    jahr: 2018,
    lieferbar: true,
  },
  {
    id: 5,
    titel: 'Schiffe der Nordsee',
    beschreibung: 'Kutter, Fähren, Frachter: Bilder aus Häfen.',
    autor: 'Ole Sund',
    genre: ['Bildband', 'Reise'],
    preis: 39,
    jahr: 2022,
    lieferbar: true,
  },
  {
    id: 6,
    titel: 'Der lange Sommer',
    beschreibung: 'Eine Kindheit in den Bergen.',
    autor: 'Anna Lang',
    genre: ['Roman'],
    preis: 14,
    jahr: 2023,
    lieferbar: true,
  },
] as const

/** What a shop sets for it. */
export const BOOK_SETTINGS = {
  searchableAttributes: ['titel', 'beschreibung', 'autor'],
  filterableAttributes: ['genre', 'preis', 'jahr', 'lieferbar', 'autor'],
  sortableAttributes: ['preis', 'jahr'],
}

export const MASTER_KEY = 'ein-Hauptschluessel-fuer-Tests'
