import type { GermanCase } from './german.cases.ts'

const RADFAHREN = {
  apart: 'Wer im Winter Rad fahren will, braucht Handschuhe.',
  together: 'Das Radfahren macht Freude, Radfahren hält gesund.',
  hyphen: 'Beim Rad-Fahren ist Vorsicht geboten.',
  scattered: 'Mein Rad steht im Keller, ich muss mit dem Auto fahren.',
}
const LEARNING = { apart: 'Ich will sie kennen lernen.', together: 'Das Kennenlernen war ein schönes Kennenlernen.' }
const SPACE = {
  iss: 'Die ISS umkreist die Erde.',
  essen: 'Gemeinsam essen. Wer isst, bleibt gesund. Iss mehr Obst!',
}
const TOWN = {
  ob: 'Der OB kam mit Verspätung. Die OB-Wahl ist im Mai.',
  conjunction: 'Niemand weiß, ob es regnet oder ob die Sonne scheint.',
  wahl: 'Die Wahl der Farbe ist schwer.',
}
const LORRIES = { firm: 'MAN will das Werk verkaufen.', pronoun: 'Man nehme Mehl, dann knetet man den Teig.' }
const FLEETS = {
  firm: 'Die Firma baut MAN LKW für alle.',
  article: 'Er schrieb lange über die Fahrzeuge von MAN. DER SPIEGEL berichtet.',
  pronoun: 'Man nehme Mehl, dann knetet man den Teig.',
}
const LANGUAGES = {
  sharp: 'Der Kurs zu C# beginnt.',
  plus: 'Der Kurs zu C++ beginnt.',
  net: 'Der Kurs zu .NET beginnt.',
  letter: 'Obst enthält Vitamin C.',
  web: 'Das Netz ist kaputt.',
}
const FIRMS = {
  one: 'Der Konzern AT&T meldet Verluste.',
  spaced: 'Der Konzern AT & T meldet Verluste.',
  other: 'Der Konzern H&M meldet Verluste.',
}
const STREETS = { out: 'Die Hauptstraße ist gesperrt.', short: 'Laden in der Hauptstr. 12', other: 'Der Hauptplatz.' }
const SAINTS = { out: 'Der Umzug zu Sankt Martin.', short: 'Treffpunkt ist St. Martin.', other: 'Das Sanktionsrecht.' }
const DOCTORS = { out: 'Frau Doktor Weber spricht.', short: 'Frau Dr. Weber spricht.', other: 'Frau Weber schweigt.' }
const MINISTRY = {
  dots: 'Das Bundes·innen·ministerium sagt etwas.',
  plain: 'Das Bundesinnenministerium sagt etwas.',
  other: 'Das Bundesministerium der Finanzen.',
}
const ACCOUNTS = {
  groups: 'Überweisen Sie an DE89 3704 0044 0532 0130 00.',
  glued: 'Überweisen Sie an DE89370400440532013000.',
  other: 'Überweisen Sie an DE12500105170648489890.',
}
const PHONES = {
  slash: 'Rufen Sie 030/123 45 67 an.',
  abroad: 'Rufen Sie +49 (0)30 1234567 an.',
  glued: 'Rufen Sie 0301234567 an.',
  other: 'Rufen Sie 030 7654321 an.',
}
const FILES = {
  spaced: 'Beschluss 1 BvR 16/13 vom Mai',
  glued: 'Beschluss 1BvR16/13 vom Mai',
  other: 'Beschluss 2 BvR 17/14 vom Mai',
}

/** What was typed is never replaced, only added to: an article with just what was typed stands first. */
export const TYPED_CASES: readonly GermanCase[] = [
  // apart, together, with a hyphen
  {
    why: 'two words before the one they are together, and that before both apart',
    articles: RADFAHREN,
    query: 'Rad fahren',
    hits: ['apart', 'together', 'hyphen', 'scattered'],
    marks: ['Rad exact', 'fahren exact'],
  },
  {
    why: 'one word before the two',
    articles: RADFAHREN,
    query: 'Radfahren',
    hits: ['together', 'hyphen', 'apart', 'scattered'],
    marks: ['Radfahren exact', 'Radfahren exact'],
  },
  {
    why: 'in small letters',
    articles: RADFAHREN,
    query: 'rad fahren',
    hits: ['apart', 'together', 'hyphen', 'scattered'],
  },
  { why: 'as a phrase', articles: RADFAHREN, query: '"Rad fahren"', hits: ['apart', 'hyphen'] },
  {
    why: 'a joined reading is marked where it stands',
    articles: { a: RADFAHREN.together },
    query: 'Rad fahren',
    hits: ['a'],
    marks: ['Radfahren joined', 'Radfahren joined'],
  },
  { why: 'two verbs', articles: LEARNING, query: 'kennen lernen', hits: ['apart', 'together'] },
  { why: 'and together', articles: LEARNING, query: 'Kennenlernen', hits: ['together', 'apart'] },
  {
    why: 'three words of one',
    articles: { a: 'Die Drohnen Abwehr Kanone', b: 'Die Drohnenabwehrkanone', c: 'Die Kanone' },
    query: 'Drohnen Abwehr Kanone',
    hits: ['a', 'b', 'c'],
  },
  {
    why: 'beside other words',
    articles: { ...RADFAHREN, sommer: 'Im Sommer kann jeder Rad fahren.' },
    query: 'Rad fahren Sommer',
    hits: ['sommer', 'apart', 'together', 'hyphen', 'scattered'],
  },

  // capitals
  {
    why: 'capitals are an abbreviation before they are a verb',
    articles: SPACE,
    query: 'ISS',
    hits: ['iss', 'essen'],
    marks: ['ISS exact'],
  },
  {
    why: 'small letters are the verb before they are an abbreviation',
    articles: SPACE,
    query: 'iss ',
    hits: ['essen', 'iss'],
  },
  {
    why: 'an abbreviation is marked for small letters too',
    articles: { a: SPACE.iss },
    query: 'iss ',
    hits: ['a'],
    marks: ['ISS inflected'],
  },
  { why: 'nobody who looks for a meal gets a space station', articles: SPACE, query: 'essen', hits: ['essen'] },
  {
    why: 'a conjunction in capitals is none',
    articles: TOWN,
    query: 'OB',
    hits: ['ob'],
    marks: ['OB exact', 'OB-Wahl part/OB'],
  },
  { why: 'nor beside another word', articles: TOWN, query: 'OB Wahl', hits: ['ob', 'wahl'] },
  { why: 'with a hyphen', articles: TOWN, query: 'OB-Wahl', hits: ['ob', 'wahl'] },
  { why: 'its plural', articles: TOWN, query: 'OBs', hits: ['ob'] },
  { why: 'a pronoun in capitals is a firm', articles: LORRIES, query: 'MAN', hits: ['firm'], marks: ['MAN exact'] },
  { why: 'and in small letters the pronoun', articles: LORRIES, query: 'man ', hits: ['pronoun', 'firm'] },
  { why: 'in capitals where no article has them', articles: { a: LORRIES.pronoun }, query: 'MAN ', hits: ['a'] },
  {
    why: 'where all is in capitals nothing is an abbreviation',
    articles: { a: 'DIE LINKE wählt', b: 'Der Rechte wählt' },
    query: 'Linke',
    hits: ['a'],
    marks: ['LINKE exact'],
  },
  {
    why: 'two abbreviations side by side are not shouted',
    articles: FLEETS,
    query: 'MAN',
    hits: ['firm', 'article'],
    marks: ['MAN exact'],
  },
  {
    why: 'both of them',
    articles: FLEETS,
    query: 'MAN LKW',
    hits: ['firm', 'article'],
    marks: ['MAN exact', 'LKW exact'],
  },
  {
    why: 'three capitals are no small word',
    articles: { a: 'Sonne und Mond', b: 'Der BND hört mit.' },
    query: 'BND',
    hits: ['b'],
  },
  {
    why: 'nor where no article has them',
    articles: { a: 'Sonne und Mond', b: 'Hier sind wir' },
    query: 'WDR',
    hits: [],
  },

  // names with signs
  { why: 'C#', articles: LANGUAGES, query: 'C#', hits: ['sharp'], marks: ['C# exact'] },
  { why: 'C++', articles: LANGUAGES, query: 'c++', hits: ['plus'], marks: ['C++ exact'] },
  { why: '.NET', articles: LANGUAGES, query: '.NET', hits: ['net'], marks: ['.NET exact'] },
  { why: '.NET in words', articles: LANGUAGES, query: 'dotnet ', hits: ['net'] },
  {
    why: 'the letter finds all of them, itself first',
    articles: LANGUAGES,
    query: 'C',
    hits: ['letter', 'plus', 'sharp'],
  },
  { why: 'beside another word', articles: LANGUAGES, query: 'C# Kurs', hits: ['sharp', 'net', 'plus'] },
  { why: 'AT&T', articles: FIRMS, query: 'AT&T', hits: ['one', 'spaced'], marks: ['AT&T exact'] },
  { why: 'AT & T', articles: FIRMS, query: 'AT & T', hits: ['spaced', 'one'] },
  { why: 'H&M', articles: FIRMS, query: 'h&m', hits: ['other'], marks: ['H&M exact'] },
  { why: 'one of the names', articles: { a: 'Müller&Söhne', b: 'Maier&Töchter' }, query: 'Söhne', hits: ['a'] },
  {
    why: 'with blanks',
    articles: { a: 'Müller & Söhne', b: 'Müller&Söhne' },
    query: 'Müller & Söhne',
    hits: ['a', 'b'],
  },
  { why: 'without', articles: { a: 'Müller & Söhne', b: 'Müller&Söhne' }, query: 'Müller&Söhne', hits: ['b', 'a'] },
  { why: 'a separator', articles: { a: 'Zwei Verletzte+++Stau auf der A1+++' }, query: 'Verletzte', hits: ['a'] },

  // written out
  {
    why: 'a street',
    articles: STREETS,
    query: 'Hauptstraße',
    hits: ['out', 'short'],
    marks: ['Hauptstraße exact'],
  },
  {
    why: 'an abbreviated street',
    articles: STREETS,
    query: 'Hauptstr.',
    hits: ['short', 'out'],
    marks: ['Hauptstr exact'],
  },
  {
    why: 'any abbreviated street by its part',
    articles: { a: 'Kirchstr. 4', b: 'Am Kirchplatz' },
    query: 'Straße',
    hits: ['a'],
    marks: ['Kirchstr part/str'],
  },
  { why: 'with a hyphen', articles: { a: 'Haupt-Str. 4', b: 'Am Kirchplatz' }, query: 'Hauptstrasse', hits: ['a'] },
  { why: 'a saint', articles: SAINTS, query: 'Sankt Martin', hits: ['out', 'short'] },
  { why: 'an abbreviated saint', articles: SAINTS, query: 'St. Martin', hits: ['short', 'out'] },
  { why: 'a doctor', articles: DOCTORS, query: 'Dr. Weber', hits: ['short', 'out', 'other'] },
  { why: 'a doctor written out', articles: DOCTORS, query: 'Doktor Weber', hits: ['out', 'short', 'other'] },
  {
    why: 'a number',
    articles: { a: 'Haus Nummer 5', b: 'Haus Nr. 5', c: 'Haus Nr. 6' },
    query: 'Nr. 5',
    hits: ['b', 'a', 'c'],
  },
  {
    why: 'a section',
    articles: { a: 'Der zweite Absatz', b: 'Das ABS im Auto' },
    query: 'Abs.',
    hits: ['a', 'b'],
  },
  {
    why: 'capitals are another',
    articles: { a: 'Der zweite Absatz', b: 'Das ABS im Auto' },
    query: 'ABS',
    hits: ['b', 'a'],
  },
  {
    why: 'a registered society has no confession',
    articles: {
      a: 'Turnverein Süd e. V.',
      b: 'Die evangelische Jugend',
      c: 'Turnverein Nord e.V.',
      d: 'Die Jugend (ev.)',
    },
    query: 'evangelisch',
    hits: ['b', 'd'],
  },
  {
    why: 'a cape is no chapter',
    articles: { a: 'Am Kap Hoorn stürmt es.', b: 'Kap. 5', c: 'Kapitel 6' },
    query: 'Kapitel',
    hits: ['c', 'b'],
  },
  {
    why: 'a town is no telephone',
    articles: { a: 'Reise nach Tel Aviv', b: 'Tel. 12345', c: 'Das Telefon klingelt.' },
    query: 'Telefon',
    hits: ['c', 'b'],
  },
  {
    why: 'nor a telephone a town',
    articles: { a: 'Tel Aviv', b: 'Das Telefon klingelt.' },
    query: 'Tel Aviv',
    hits: ['a'],
  },

  // old and easy writing
  {
    why: 'a long s',
    articles: { a: 'Das Waſſer', b: 'Der Wald' },
    query: 'Wasser',
    hits: ['a'],
    marks: ['Waſſer exact'],
  },
  { why: 'a long s typed', articles: { a: 'Das Wirtshaus', b: 'Der Wald' }, query: 'Wirtshauſ', hits: ['a'] },
  {
    why: 'a long s before a round one',
    articles: { a: 'Die Waſserſtraße', b: 'x' },
    query: 'Wasserstrassen',
    hits: ['a'],
  },
  {
    why: 'middle dots join',
    articles: MINISTRY,
    query: 'Bundesinnenministerium',
    hits: ['dots', 'plain'],
    marks: ['Bundes·innen·ministerium exact'],
  },
  {
    why: 'a part of what they join',
    articles: MINISTRY,
    query: 'Innenministerium',
    hits: ['dots', 'plain'],
    marks: ['Bundes·innen·ministerium part/innen·ministerium'],
  },
  { why: 'middle dots typed', articles: MINISTRY, query: 'Bundes·innen·ministerium', hits: ['dots', 'plain'] },
  { why: 'other dots', articles: { a: 'Der Landes‧tag', b: 'x' }, query: 'Landestag', hits: ['a'] },
  {
    why: 'where people are meant the ending is for women',
    articles: { a: 'Alle Bürger·innen', b: 'Die Innenstadt' },
    query: 'Bürger',
    hits: ['a'],
    marks: ['Bürger·innen inflected'],
  },
  { why: 'in a compound too', articles: { a: 'Im Bürger·innen·büro', b: 'x' }, query: 'Bürgerbüro', hits: ['a'] },
  {
    why: 'inside of a town it is not',
    articles: { a: 'Die Stadt·innen·seite', b: 'x' },
    query: 'Innenseite',
    hits: ['a'],
  },

  // numbers with and without blanks
  { why: 'an IBAN', articles: ACCOUNTS, query: 'DE89370400440532013000', hits: ['glued', 'groups'] },
  { why: 'an IBAN in groups', articles: ACCOUNTS, query: 'DE89 3704 0044 0532 0130 00', hits: ['groups', 'glued'] },
  { why: 'in small letters', articles: ACCOUNTS, query: 'de89 3704 0044 0532 0130 00', hits: ['groups', 'glued'] },
  { why: 'a telephone number', articles: PHONES, query: '0301234567', hits: ['glued', 'abroad', 'slash'] },
  { why: 'from abroad', articles: PHONES, query: '+49301234567', hits: ['glued', 'abroad', 'slash'] },
  { why: 'a file', articles: FILES, query: '1 BvR 16/13', hits: ['spaced', 'glued', 'other'] },
  { why: 'a file without blanks', articles: FILES, query: '1BvR16/13', hits: ['glued', 'spaced'] },
  {
    why: 'a file with a Roman number',
    articles: { a: 'Urteil VI ZR 45/19', b: 'Urteil VI ZR 46/19' },
    query: 'VIZR45/19',
    hits: ['a', 'b'],
  },
  {
    why: 'a number of a customer',
    articles: { a: 'Kunde 12 34 56 78', b: 'Kunde 12 34 56 79' },
    query: '12345678',
    hits: ['a'],
  },
  { why: 'a register', articles: { a: 'Amtsgericht, HRB 123456', b: 'HRB 654321' }, query: 'HRB123456', hits: ['a'] },

  // names, places, small words
  {
    why: 'a name with two letters for its umlaut',
    articles: { a: 'Herr Schlüter spricht.', b: 'Der Schlitten steht.' },
    query: 'schlueter ',
    hits: ['a'],
    marks: ['Schlüter folded'],
  },
  {
    why: 'a plural at the end of a compound',
    articles: { a: 'Die Gesundheitsämter melden.', b: 'Die Gesundheit.' },
    query: 'Ämter',
    hits: ['a'],
    marks: ['Gesundheitsämter part/ämter'],
  },
  {
    why: 'what is of a place',
    articles: { a: 'Der Bregenzer Käse schmeckt.', b: 'Käse aus Holland schmeckt.', c: 'In Bregenz regnet es.' },
    query: 'Käse Bregenz',
    hits: ['a', 'c', 'b'],
  },
  {
    why: 'what is of a place that the lexicon knows',
    articles: { a: 'Die Wiener Oper', b: 'Die Oper in Rom', c: 'In Wien regnet es.' },
    query: 'Oper Wien',
    hits: ['a', 'b', 'c'],
  },
  {
    why: 'a tool is of no town',
    articles: { a: 'In Hamm regnet es.', b: 'Dort liegen Hammer und Nägel.' },
    query: 'Hamm ',
    hits: ['a'],
  },
  {
    why: 'the other way round',
    articles: { a: 'Der Hafen in Hamburg', b: 'Der Hafen in Kiel' },
    query: 'Hamburger Hafen',
    hits: ['a', 'b'],
  },
  {
    why: 'words of time tell little',
    articles: { a: 'Das Wetter wird schön.', b: 'Heute und damals, heute und dort, heute ist kein Krieg.' },
    query: 'Wetter heute dort',
    hits: ['a'],
  },
]
