/** A few documents as a content system sends them: nested objects, lists, numbers of any length, umlauts. */
export const DOCUMENTS = [
  {
    id: 1,
    titel: 'Hochwasser in Passau',
    inhalt: 'Die Donau trat über die Ufer. Häuser in der Altstadt liefen voll, das Wasser stand in den Straßen.',
    ort: { name: 'Passau', land: 'Bayern', koordinaten: [48.57, 13.46] },
    schlagworte: ['Wetter', 'Überschwemmung'],
    jahr: 2024,
    veröffentlicht: true,
    quelle: null,
  },
  {
    id: 2,
    titel: 'Das Haus am See',
    inhalt: 'Ein altes Haus steht am Ufer des Sees. Davor liegen Boote.',
    ort: { name: 'Plön', land: 'Schleswig-Holstein' },
    schlagworte: ['Wohnen'],
    jahr: 2023,
    veröffentlicht: true,
    preis: 349_000,
  },
  {
    id: 3,
    titel: 'Rekord im Jonglieren',
    inhalt: 'Mit neun Keulen jonglierte sie in Kassel länger als je ein Mensch zuvor.',
    ort: { name: 'Kassel', land: 'Hessen' },
    schlagworte: ['Sport', 'Rekord'],
    beiträge: [
      { autor: 'Anna', text: 'Das Haus war voll' },
      { autor: 'Bert', text: 'Großartig' },
    ],
    jahr: 2024,
    veröffentlicht: false,
  },
  {
    id: 4,
    titel: 'Feuerwehr probt den Ernstfall',
    inhalt: 'Am Ufer der Donau übte die Feuerwehr mit Booten.',
    ort: { name: 'Regensburg', land: 'Bayern' },
    schlagworte: ['Feuerwehr', 'Wetter'],
    jahr: 2022,
    veröffentlicht: true,
  },
] as const

export const JSON_DOCUMENTS: readonly string[] = DOCUMENTS.map((document) => JSON.stringify(document))

/** What can be filtered, sorted and counted by. */
export const VALUED = ['jahr', 'ort', 'schlagworte', 'veröffentlicht', 'preis', 'titel', 'id']
