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
]
