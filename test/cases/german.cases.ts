/** A search over a few short articles: which are found, in which order, and what of the first is marked how. */
export interface GermanCase {
  readonly why: string
  readonly articles: Readonly<Record<string, string>>
  readonly query: string
  /** In order. */
  readonly hits: readonly string[]
  /** The marked words of the first hit, and how they match; after a slash the part that does. */
  readonly marks?: readonly string[]
}

const KEULEN = {
  eins: 'Wir werfen Jonglierkeulen.',
  zwei: 'Wir werfen Jonglier-Keulen.',
  drei: 'Wir werfen Jonglier Keulen.',
}
const STRANGERS = { fremd: 'Die Keulen der Steinzeit, und wer jonglieren will.', wetter: 'Das Wetter wird schön.' }
const COURTS = {
  bund: 'Das Bundesverfassungsgericht entschied.',
  land: 'Das Amtsgericht tagt.',
  wort: 'Die Sonne scheint heute.',
}

export const GERMAN_CASES: readonly GermanCase[] = [
  // together, with a hyphen, apart
  {
    why: 'together finds all three spellings, one after the other',
    articles: { ...KEULEN, ...STRANGERS },
    query: 'Jonglierkeulen',
    hits: ['eins', 'zwei', 'drei', 'fremd'],
  },
  {
    why: 'so does a hyphen, what has one too first',
    articles: { ...KEULEN, ...STRANGERS },
    query: 'Jonglier-Keulen',
    hits: ['zwei', 'eins', 'drei', 'fremd'],
  },
  {
    why: 'so do two words, what has just these first',
    articles: { ...KEULEN, ...STRANGERS },
    query: 'jonglier keulen',
    hits: ['drei', 'zwei', 'eins', 'fremd'],
  },
  {
    why: 'apart is marked as one',
    articles: { a: KEULEN.drei },
    query: 'Jonglierkeulen',
    hits: ['a'],
    marks: ['Jonglier joined', 'Keulen joined'],
  },
  {
    why: 'a code, however it is written, as it was typed first',
    articles: { a: 'Die SA 22 fliegt.', b: 'Die SA-22 fliegt.', c: 'Die SA22 fliegt.' },
    query: 'SA22',
    hits: ['c', 'b', 'a'],
    marks: ['SA22 exact'],
  },

  // compounds
  {
    why: 'a longer compound by one in it',
    articles: COURTS,
    query: 'Verfassungsgericht',
    hits: ['bund'],
    marks: ['Bundesverfassungsgericht part/verfassungsgericht'],
  },
  {
    why: 'and by its last part',
    articles: COURTS,
    query: 'Gericht',
    hits: ['bund', 'land'],
    marks: ['Bundesverfassungsgericht part/gericht'],
  },
  {
    why: 'all parts must be there',
    articles: { a: 'Der Markt', b: 'Arbeit auf dem Markt' },
    query: 'Arbeitsmarkt',
    hits: ['b'],
    marks: ['Arbeit part', 'Markt part'],
  },
  {
    why: 'the whole word above its parts',
    articles: { a: 'Arbeit Markt Arbeit Markt', b: 'Arbeitsmarkt' },
    query: 'Arbeitsmarkt',
    hits: ['b', 'a'],
  },

  {
    why: 'what only looks like a part is none',
    articles: { a: 'Ein Wort zur Rolle', b: 'Die Antwort der Kontrolle', c: 'x' },
    query: 'Wort Rolle',
    hits: ['a'],
  },
  { why: 'a name without its dots', articles: { a: 'Frau Müller', b: 'Der Müll' }, query: 'Muller', hits: ['a'] },

  // shortened pairs
  {
    why: 'the first is completed',
    articles: { a: 'Alle Vor- und Nachteile.', b: 'Nichts.' },
    query: 'Vorteile',
    hits: ['a'],
    marks: ['Vor joined'],
  },
  { why: 'by any form', articles: { a: 'Alle Vor- und Nachteile.', b: 'Nichts.' }, query: 'Vorteil', hits: ['a'] },
  {
    why: 'across a list',
    articles: { a: 'Bundes-, Landes- und Kommunalbehörden', b: 'x' },
    query: 'Landesbehörde',
    hits: ['a'],
  },
  {
    why: 'with a prefix of its own',
    articles: { a: 'die Hin- und Rückfahrt', b: 'x' },
    query: 'Hinfahrt',
    hits: ['a'],
  },
  { why: 'verbs', articles: { a: 'die Lkw be- und entladen', b: 'x' }, query: 'beladen', hits: ['a'] },
  {
    why: 'the last is completed',
    articles: { a: 'Frauenfußball und -handball', b: 'x' },
    query: 'Frauenhandball',
    hits: ['a'],
    marks: ['handball joined'],
  },
  { why: 'a slash', articles: { a: 'Ein-/Ausgabe', b: 'x' }, query: 'Eingabe', hits: ['a'] },
  {
    why: 'as a query',
    articles: { a: 'Vorteile', b: 'Nachteile', c: 'Vorteile und Nachteile' },
    query: 'Vor- und Nachteile',
    hits: ['c', 'b', 'a'],
  },

  // gender
  {
    why: 'a star',
    articles: { a: 'Alle Nutzer*innen', b: 'x' },
    query: 'Nutzer',
    hits: ['a'],
    marks: ['Nutzer*innen inflected'],
  },
  { why: 'the other way round', articles: { a: 'Alle Nutzer', b: 'x' }, query: 'Nutzer:innen', hits: ['a'] },
  { why: 'with an umlaut', articles: { a: 'Alle Ärzt/-innen', b: 'x' }, query: 'Arzt', hits: ['a'] },
  { why: 'in a compound', articles: { a: 'im Bürger*innenbüro', b: 'x' }, query: 'Bürgerbüro', hits: ['a'] },

  // verbs
  {
    why: 'a parted verb',
    articles: { a: 'Sie nimmt am Rennen teil.', b: 'Ein Teil davon.' },
    query: 'teilnehmen',
    hits: ['a'],
    marks: ['nimmt inflected', 'teil inflected'],
  },
  {
    why: 'a parted verb as a query',
    articles: { a: 'Sie will teilnehmen.', b: 'Ein Teil davon.' },
    query: 'wer nimmt teil?',
    hits: ['a', 'b'],
  },
  {
    why: 'a strong verb',
    articles: { a: 'Er gab ihm Brot.', b: 'x' },
    query: 'geben',
    hits: ['a'],
    marks: ['gab inflected'],
  },
  {
    why: 'a form that is a noun too',
    articles: { a: 'Er stand dort.', b: 'x' },
    query: 'stehen',
    hits: ['a'],
    marks: ['stand inflected'],
  },
  {
    why: 'a verb that another one has the letters of',
    articles: { a: 'Die Stadt führte eine Steuer ein.', b: 'Der Zug fuhr in den Bahnhof ein.', c: 'x' },
    query: 'einführen',
    hits: ['a'],
    marks: ['führte inflected', 'ein inflected'],
  },
  {
    why: 'a preposition is no prefix',
    articles: { a: 'Die Kasse schließt um 18 Uhr.', b: 'Felder umschließen das Dorf.' },
    query: 'umschließen',
    hits: ['b'],
  },
  {
    why: 'an ordinal does not end the clause',
    articles: { a: 'Sie sagte das Treffen am 5. Mai ab.', b: 'x' },
    query: 'absagen',
    hits: ['a'],
    marks: ['sagte inflected', 'ab inflected'],
  },
  {
    why: 'a declined participle',
    articles: { a: 'Das Konzert wurde abgesagt.', b: 'x' },
    query: 'abgesagte Konzerte',
    hits: ['a'],
    marks: ['Konzert inflected', 'abgesagt inflected'],
  },

  // nouns
  {
    why: 'who goes to school is none',
    articles: { a: 'Der Schulhof der Schule.', b: 'Die Schülerin lernt.', c: 'Die Schüler lernen.' },
    query: 'Schüler',
    hits: ['c', 'b'],
  },
  {
    why: 'a feminine noun in -er',
    articles: { a: 'Alte Mauern', b: 'Die Töchter', c: 'x' },
    query: 'Mauer',
    hits: ['a'],
    marks: ['Mauern inflected'],
  },
  { why: 'its umlaut', articles: { a: 'Alte Mauern', b: 'Die Töchter', c: 'x' }, query: 'Tochter', hits: ['b'] },
  {
    why: 'a doubled s',
    articles: { a: 'Die Schulbusse fahren.', b: 'x' },
    query: 'Schulbus',
    hits: ['a'],
    marks: ['Schulbusse inflected'],
  },
  {
    why: 'a woman by the last part',
    articles: { a: 'Zwei Landwirtinnen', b: 'x' },
    query: 'Landwirt',
    hits: ['a'],
    marks: ['Landwirtinnen inflected'],
  },
  {
    why: 'an adjective in -er',
    articles: { a: 'die teuersten Städte', b: 'x' },
    query: 'teuer',
    hits: ['a'],
    marks: ['teuersten inflected'],
  },

  // spellings
  {
    why: 'an exact spelling before a folded one',
    articles: { a: 'Herr Bucher liest.', b: 'Viele Bücher lesen.' },
    query: 'Bücher',
    hits: ['b', 'a'],
    marks: ['Bücher exact'],
  },
  {
    why: 'the other way round',
    articles: { a: 'Viele Bücher lesen.', b: 'Herr Bucher liest.' },
    query: 'Bucher',
    hits: ['b', 'a'],
  },
  { why: 'old orthography', articles: { a: 'Die Schiffahrt', b: 'x' }, query: 'Schifffahrt', hits: ['a'] },
  {
    why: 'its parts too',
    articles: { a: 'Die Schiffahrt', b: 'x' },
    query: 'Schiff',
    hits: ['a'],
    marks: ['Schiffahrt part/Schif'],
  },
  { why: 'Photographie', articles: { a: 'Eine Photographie', b: 'x' }, query: 'Fotografie', hits: ['a'] },
  { why: 'a name keeps its letters', articles: { a: 'Isral', b: 'Israel' }, query: 'Israel', hits: ['b'] },

  // numbers
  {
    why: 'thousands with a space',
    articles: { a: 'Es waren 4 700 Leute', b: 'Seite 4, 700 Leute' },
    query: '4.700',
    hits: ['a'],
    marks: ['4 number', '700 number'],
  },
  {
    why: 'a day in words',
    articles: { a: 'am 3. März 2024', b: 'am 4. März 2024' },
    query: '03.03.2024',
    hits: ['a'],
    marks: ['3 number', 'März number', '2024 number'],
  },
  {
    why: 'a day in figures',
    articles: { a: 'am 3.3.2024', b: 'am 4.3.2024' },
    query: '3. März 2024',
    hits: ['a', 'b'],
    marks: ['3.3.2024 number'],
  },
  { why: 'a day as computers write it', articles: { a: 'am 3. März 2024', b: 'x' }, query: '2024-03-03', hits: ['a'] },
  { why: 'the month of a day', articles: { a: 'am 03.03.2024', b: 'im April' }, query: 'März 2024', hits: ['a'] },
  { why: 'Jänner', articles: { a: 'im Jänner', b: 'x' }, query: 'Januar', hits: ['a'] },
  {
    why: 'a unit apart',
    articles: { a: 'ein Sack von 5 kg', b: '5 Säcke' },
    query: '5kg',
    hits: ['a'],
    marks: ['5 number', 'kg number'],
  },
  {
    why: 'a unit written out',
    articles: { a: 'eine Wohnung von 80 Quadratmetern', b: 'Haus 80' },
    query: '80 m²',
    hits: ['a', 'b'],
    marks: ['80 number', 'Quadratmetern number'],
  },
  { why: 'a sign', articles: { a: 'ein Plus von 5 %', b: 'x' }, query: '5 Prozent', hits: ['a'] },
  { why: 'a day of few figures', articles: { a: 'am 1.6.24', b: 'x' }, query: '1. Juni 2024', hits: ['a'] },
  { why: 'a day with spaces', articles: { a: 'am 3. 3. 2024', b: 'x' }, query: '03.03.2024', hits: ['a'] },
  { why: 'a paragraph in words', articles: { a: 'nach § 5 gilt', b: 'x' }, query: 'Paragraph 5', hits: ['a'] },
  { why: 'an article in full', articles: { a: 'nach Art. 6 gilt', b: 'x' }, query: 'Artikel 6', hits: ['a'] },
  { why: 'brackets', articles: { a: 'nach § 5 Abs. 2 gilt', b: 'x' }, query: '§ 5 (2)', hits: ['a'] },
  { why: 'a unit glued', articles: { a: 'ein Sack von 5kg', b: '5 Säcke' }, query: '5 kg', hits: ['a', 'b'] },
  { why: 'a time', articles: { a: 'um 20 Uhr', b: 'um 20:30 Uhr' }, query: '20.00 Uhr', hits: ['a', 'b'] },
  {
    why: 'a paragraph',
    articles: { a: 'nach § 5 Abs. 2 gilt', b: '5 Leute, 2 Autos' },
    query: '§5',
    hits: ['a', 'b'],
    marks: ['5 number'],
  },
  {
    why: 'its division',
    articles: { a: 'nach § 5 Absatz 2 gilt', b: 'nach § 5 Absatz 3 gilt' },
    query: '§ 5 Abs. 2',
    hits: ['a', 'b'],
  },
  {
    why: 'paragraphs in a row',
    articles: { a: 'nach den §§ 5, 6 und 7', b: '7 Leute' },
    query: '§ 7',
    hits: ['a', 'b'],
  },
  { why: 'a telephone number', articles: { a: 'Tel. 030/123 45 67', b: 'x' }, query: '0301234567', hits: ['a'] },
  { why: 'with its country', articles: { a: 'Tel. +49 30 1234567', b: 'x' }, query: '030 1234567', hits: ['a'] },
]
