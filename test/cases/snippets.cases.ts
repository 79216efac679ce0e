/** What a search shows of an article; a mark is *so*. */
export interface SnippetCase {
  readonly comment: string
  readonly text: string
  readonly query: string
  readonly cropLength?: number
  readonly snippet: string
}

const BEFORE = 'Am Morgen zog Nebel über den Fluss. Die Boote lagen still am Ufer. Niemand war zu sehen.'
const AFTER = 'Gegen Mittag kam die Sonne heraus. Viele Leute gingen spazieren. Am Abend wurde es kühl.'

export const SNIPPET_CASES: readonly SnippetCase[] = [
  {
    comment: 'a sentence neither begins nor ends at abbreviations',
    text: 'Die Gebühr wird fällig, z. B. bei Verspätung u. a. in der Bücherei. Am 3. Mai kam Dr. Anna Meier um 10.30 Uhr zur Sitzung des Vereins e. V. in die St.-Georg-Str. 12. Sie sprach ca. 20 Min. über Wasserrechte i. d. R. ohne Pause. Danach gab es Kuchen vom Bäcker bzw. von der Konditorei.',
    query: 'Wasserrechte',
    cropLength: 14,
    snippet: '…Sie sprach ca. 20 Min. über *Wasserrechte* i. d. R. ohne Pause.…',
  },
  {
    comment: 'an ordinal is inside a sentence',
    text: `${BEFORE} Der 2. Weltkrieg zerstörte am 3. Oktober 1943 die alte Brücke bei Dr. Meiers Haus. ${AFTER}`,
    query: 'Brücke',
    cropLength: 15,
    snippet: '…Der 2. Weltkrieg zerstörte am 3. Oktober 1943 die alte *Brücke* bei Dr. Meiers Haus.…',
  },
  {
    comment: 'a number ends a sentence',
    text: `${BEFORE} Das alte Rathaus steht in der Bahnhofstr. 7. Die Bücherei zog im Mai in das Haus gegenüber. ${AFTER}`,
    query: 'Bücherei',
    cropLength: 10,
    snippet: '…Die *Bücherei* zog im Mai in das Haus gegenüber.…',
  },
  {
    comment: 'a heading is not glued to the sentence below it',
    text: `${BEFORE}\n\nDie Brücke am Markt\nHandwerker aus Kassel bauten 1904 diese Brücke aus Stein.\n\n${AFTER}`,
    query: 'Brücke Handwerker',
    cropLength: 10,
    snippet: '…*Handwerker* aus Kassel bauten 1904 diese *Brücke* aus Stein.…',
  },
  {
    comment: 'the sentence that answers',
    text: `Die Brücke ist bei Gästen sehr beliebt. ${BEFORE} Die Brücke wurde 1904 aus Stein gebaut. ${AFTER}`,
    query: 'Wann wurde die Brücke gebaut?',
    cropLength: 9,
    snippet: '…Die *Brücke* wurde 1904 aus Stein *gebaut*.…',
  },
  {
    comment: 'two places that tell something else each, with a marker between them',
    text: `Die Brücke ist bei Gästen sehr beliebt. ${BEFORE} Der Turm wurde erst später aus Stein gebaut. ${AFTER}`,
    query: 'Brücke Turm',
    cropLength: 17,
    snippet: 'Die *Brücke* ist bei Gästen sehr beliebt. … Der *Turm* wurde erst später aus Stein gebaut.…',
  },
  {
    comment: 'an item that goes on from a line before gives way to a sentence of its own',
    text: `${BEFORE}\n\nWer auf dem Markt\n\n1. ohne Erlaubnis einen Stand für Käse aufbaut oder\n\n2. den Stand für Käse nicht reinigt, zahlt eine Buße.\n\nFür jeden Stand mit Käse braucht es eine Erlaubnis der Gemeinde. ${AFTER}`,
    query: 'Stand Käse',
    cropLength: 11,
    snippet: '…Für jeden *Stand* mit *Käse* braucht es eine Erlaubnis der Gemeinde.…',
  },
  {
    comment: 'a product that begins with a small letter is no item',
    text: `${BEFORE}\n\niPhones aus Kassel gab es damals nicht.\n\nDer Laden für iPhones in Kassel war bis zum Abend gut besucht und hatte für viele Gäste eine Bank. ${AFTER}`,
    query: 'iPhones Kassel',
    cropLength: 8,
    snippet: '…*iPhones* aus *Kassel* gab es damals nicht.…',
  },
  {
    comment: 'of two paragraphs both parts have to be understood by themselves, else one sentence is shown',
    text: `${BEFORE}\n\nDie Gebühr für einen Stand auf dem großen Markt am alten Hafen beträgt im Sommer für jeden Meter zwölf Euro am Tag und im Winter acht.\n\n${AFTER}\n\nEin Antrag auf Erlass der Gebühr für einen Stand des Vereins auf dem Markt wird von der Gemeinde noch im selben Monat entschieden.\n\n${BEFORE}`,
    query: 'Gebühr Stand Markt',
    cropLength: 26,
    snippet:
      '…Ein Antrag auf Erlass der *Gebühr* für einen *Stand* des Vereins auf dem *Markt* wird von der Gemeinde noch im selben Monat entschieden.…',
  },
  {
    comment: 'an article and a preposition do not end what is shown',
    text: `${BEFORE} Der Verein sammelte für die Kirche viele Jahre lang Spenden aus der Gemeinde und von den Nachbarn im Dorf hinter dem Berg am großen See. ${AFTER}`,
    query: 'Verein Kirche Spenden',
    cropLength: 13,
    snippet: '…Der *Verein* sammelte für die *Kirche* viele Jahre lang *Spenden* aus der Gemeinde…',
  },
  {
    comment: 'the beginning of a clause that tells nothing is left out',
    text: `${BEFORE} Der Verein sammelte für die Kirche viele Jahre lang Spenden, weil das Dach nach dem großen Sturm im Herbst kaum noch dicht war und es hinein regnete. ${AFTER}`,
    query: 'Verein Kirche Spenden',
    cropLength: 12,
    snippet: '…Der *Verein* sammelte für die *Kirche* viele Jahre lang *Spenden*…',
  },
]
