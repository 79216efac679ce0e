// Words that German texts are made of, and what can be made of them: compounds, derived words, names, and the forms of all. Written for
// the project; a rank always gives the same word, so that ranks can be drawn as Zipf found them.
import { randomOf } from '../random.mjs'
import { nouns } from './nouns.mjs'

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

const verb = (stem, apart = '', prefix = '') => ({ kind: 'verb', stem, apart, prefix })
const adjective = (stem) => ({ kind: 'adjective', stem })
const name = (word) => ({ kind: 'name', word })

/** The words that come first: simple ones, of all kinds in turn. */
const simple = [
  ...nouns.map((noun) => ({ kind: 'noun', ...noun })),
  ...VERBS.map((stem) => verb(stem)),
  ...ADJECTIVES.map(adjective),
]
  .map((word, at) => ({ word, place: randomOf(at + 1).next() }))
  .sort((a, b) => a.place - b.place)
  .map(({ word }) => word)

/** The word of a rank, 0 the most frequent: simple words first, then what is made of them; rarer ones have more parts. */
export function wordOf(rank) {
  if (rank < simple.length) return simple[rank]
  const random = randomOf(rank * 2654435761)
  const share = random.next()
  if (share < 0.52) return compound(random, rank < 3000 || random.chance(0.5) ? 2 : 3)
  if (share < 0.66) {
    const stem = random.pick(VERBS)
    return random.chance(0.6) ? verb(stem, random.pick(APART)) : verb(stem, '', random.pick(TOGETHER))
  }
  if (share < 0.78) {
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
