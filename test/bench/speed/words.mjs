// Words that German texts are made of, and what can be made of them: compounds, derived words, names, and the forms of all. Written for
// the project; a rank always gives the same word, so that ranks can be drawn as Zipf found them.
import { randomOf } from '../random.mjs'

/** Singular, gender, plural, and the form that begins a compound. */
const NOUNS = `Haus n Häuser Haus,Stadt f Städte Stadt,Arbeit f Arbeiten Arbeits,Schule f Schulen Schul,Zeit f Zeiten Zeit,Wasser n Wasser Wasser,
Jahr n Jahre Jahres,Land n Länder Landes,Recht n Rechte Rechts,Gericht n Gerichte Gerichts,Verkehr m Verkehre Verkehrs,Kind n Kinder Kinder,
Straße f Straßen Straßen,Bahn f Bahnen Bahn,Brücke f Brücken Brücken,Wald m Wälder Wald,Garten m Gärten Garten,Bauer m Bauern Bauern,
Markt m Märkte Markt,Preis m Preise Preis,Kosten p Kosten Kosten,Steuer f Steuern Steuer,Gesetz n Gesetze Gesetzes,Amt n Ämter Amts,
Bund m Bünde Bundes,Rat m Räte Rats,Wahl f Wahlen Wahl,Partei f Parteien Partei,Krieg m Kriege Kriegs,Frieden m Frieden Friedens,
Kunst f Künste Kunst,Museum n Museen Museums,Musik f Musiken Musik,Film m Filme Film,Buch n Bücher Buch,Zeitung f Zeitungen Zeitungs,
Forschung f Forschungen Forschungs,Universität f Universitäten Universitäts,Krankheit f Krankheiten Krankheits,Arzt m Ärzte Arzt,
Kranke m Kranken Kranken,Pflege f Pflegen Pflege,Versicherung f Versicherungen Versicherungs,Vertrag m Verträge Vertrags,Miete f Mieten Miet,
Wohnung f Wohnungen Wohnungs,Bau m Bauten Bau,Energie f Energien Energie,Strom m Ströme Strom,Wärme f Wärmen Wärme,Pumpe f Pumpen Pumpen,
Anlage f Anlagen Anlagen,Betrieb m Betriebe Betriebs,Unternehmen n Unternehmen Unternehmens,Handel m Händel Handels,Ware f Waren Waren,
Fahrt f Fahrten Fahrt,Schiff n Schiffe Schiffs,Flug m Flüge Flug,Hafen m Häfen Hafen,Fluss m Flüsse Fluss,Berg m Berge Berg,Tal n Täler Tal,
Tier n Tiere Tier,Vogel m Vögel Vogel,Pflanze f Pflanzen Pflanzen,Baum m Bäume Baum,Frucht f Früchte Frucht,Ernte f Ernten Ernte,
Küche f Küchen Küchen,Brot n Brote Brot,Spiel n Spiele Spiel,Sport m Sporte Sport,Verein m Vereine Vereins,Mannschaft f Mannschaften Mannschafts,
Leben n Leben Lebens,Tod m Tode Todes,Familie f Familien Familien,Frau f Frauen Frauen,Mann m Männer Männer,Kirche f Kirchen Kirchen,
Brand m Brände Brand,Schutz m Schutze Schutz,Hilfe f Hilfen Hilfs,Dienst m Dienste Dienst,Polizei f Polizeien Polizei,Wissen n Wissen Wissens,
Sprache f Sprachen Sprach,Name m Namen Namens,Bild n Bilder Bild,Rechner m Rechner Rechner,Netz n Netze Netz,Daten p Daten Daten`

const VERBS =
  'sag,mach,frag,zeig,bau,such,führ,stell,setz,leg,hör,lehr,lern,kauf,pfleg,prüf,plan,füll,dreh,kehr,lös,nutz,pack,räum,schick,schütz,spiel,teil,wähl,zahl,zähl,deck,drück,ordn,samml,steuer,wechsl,wirk,wohn,zieh'.split(
    ',',
  )
const APART = ['ab', 'an', 'auf', 'aus', 'bei', 'ein', 'fort', 'her', 'hin', 'mit', 'nach', 'um', 'vor', 'weg', 'zu']
const TOGETHER = ['be', 'er', 'ver', 'zer', 'ent']
const ADJECTIVES =
  'neu,alt,groß,klein,lang,kurz,hoch,tief,breit,früh,spät,schnell,langsam,stark,schwach,schwer,leicht,warm,kalt,öffentlich,privat,deutsch,wichtig,möglich,nötig,richtig,falsch,gemeinsam,einzeln,ganz,halb,voll,leer,reich,arm,gesund,krank,sicher,frei,schön,städtisch,ländlich,jährlich,täglich,genau,ähnlich,eigen,fremd,jung,rot,grün,grau'.split(
    ',',
  )
const ADJECTIVE_ENDINGS = ['los', 'frei', 'artig', 'reich', 'weit', 'gerecht', 'pflichtig', 'fähig']
const BEGINNINGS = 'Al,Ber,Bran,Dor,El,Fal,Gar,Hol,Ing,Kar,Lor,Mar,Nor,Ost,Rei,Sal,Tor,Ul,Wal,Wes'.split(',')
const MIDDLES = 'a,e,en,er,i,ing,o,tel,ven,we'.split(',')
const ENDINGS = 'bach,berg,burg,dorf,feld,hausen,heim,hofer,kamp,mann,mayer,rode,stein,tal,winkel,ow'.split(',')

const nouns = NOUNS.split(/,\s*/).map((row) => {
  const [singular, gender, plural, first] = row.split(' ')
  return { kind: 'noun', singular, gender, plural, first }
})
const verb = (stem, apart = '', prefix = '') => ({ kind: 'verb', stem, apart, prefix })
const adjective = (stem) => ({ kind: 'adjective', stem })
const name = (word) => ({ kind: 'name', word })

/** The words that come first: simple ones, of all kinds in turn. */
const simple = [...nouns, ...VERBS.map((stem) => verb(stem)), ...ADJECTIVES.map(adjective)]
  .map((word, at) => ({ word, place: randomOf(at + 1).next() }))
  .sort((a, b) => a.place - b.place)
  .map(({ word }) => word)

/** The word of a rank, 0 the most frequent: simple words first, then what is made of them; rarer ones have more parts. */
export function wordOf(rank) {
  if (rank < simple.length) return simple[rank]
  const random = randomOf(rank * 2654435761)
  const share = random.next()
  if (share < 0.58) return compound(random, rank < 3000 || random.chance(0.5) ? 2 : 3)
  if (share < 0.7) {
    const stem = random.pick(VERBS)
    return random.chance(0.6) ? verb(stem, random.pick(APART)) : verb(stem, '', random.pick(TOGETHER))
  }
  if (share < 0.82) {
    const derived = compound(random, random.chance(0.7) ? 1 : 2).first.toLowerCase() + random.pick(ADJECTIVE_ENDINGS)
    return adjective(random.chance(0.2) ? `nicht${derived}` : derived)
  }
  const middle = random.chance(0.6) ? random.pick(MIDDLES) : ''
  return name(random.pick(BEGINNINGS) + middle + random.pick(ENDINGS) + (random.chance(0.1) ? 'er' : ''))
}

function compound(random, parts) {
  let before = ''
  for (let part = 1; part < parts; part++) before += random.pick(nouns).first
  const last = random.pick(nouns)
  const joined = (word) => (before === '' ? word : capital((before + word).toLowerCase()))
  return {
    kind: 'noun',
    singular: joined(last.singular),
    gender: last.gender,
    plural: joined(last.plural),
    first: joined(last.first),
  }
}

export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1)

/** A noun in a case (`nom`, `acc`, `dat`, `gen`). */
export function nounForm({ singular, gender, plural }, grammaticalCase, isPlural) {
  if (isPlural) return grammaticalCase === 'dat' && !/[ns]$/.test(plural) ? `${plural}n` : plural
  if (grammaticalCase !== 'gen' || gender === 'f' || gender === 'p') return singular
  return /(?:[sßz]|st|nd|rt|ch)$/.test(singular) ? `${singular}es` : `${singular}s`
}

const eBeforeT = (stem) => (/(?:[dt]|[^aeiouäöülrh][nm]|dn)$/.test(stem) ? 'e' : '')
export const verbForms = {
  /** er … */
  present: ({ stem, prefix }) => `${prefix}${stem}${eBeforeT(stem)}t`,
  past: ({ stem, prefix }) => `${prefix}${stem}${eBeforeT(stem)}te`,
  infinitive: ({ stem, apart, prefix }) => `${apart}${prefix}${stem}${/(?:er|l)$/.test(stem) ? 'n' : 'en'}`,
  participle: ({ stem, apart, prefix }) => `${apart}${prefix === '' ? 'ge' : prefix}${stem}${eBeforeT(stem)}t`,
}
