// Articles in something like German, for measuring: sentences of words drawn as Zipf found them, so that few are frequent and most are
// rare, and with words of its own in each article. The same seed gives the same articles everywhere.
import { randomOf } from '../random.mjs'
import { capital, nounForm, verbForms, wordOf } from './words.mjs'

const THE = {
  m: { nom: 'der', acc: 'den', dat: 'dem', gen: 'des' },
  f: { nom: 'die', acc: 'die', dat: 'der', gen: 'der' },
  n: { nom: 'das', acc: 'das', dat: 'dem', gen: 'des' },
  p: { nom: 'die', acc: 'die', dat: 'den', gen: 'der' },
}
const WITH_DATIVE = ['in', 'mit', 'von', 'nach', 'bei', 'seit', 'aus', 'zu', 'an', 'auf', 'unter', 'neben']
const ADVERBS = 'heute,damals,inzwischen,dort,jedoch,außerdem,oft,bereits,zunächst,schließlich,etwa,deshalb'.split(',')
const CONJUNCTIONS = ['weil', 'dass', 'wenn', 'obwohl', 'während', 'sobald', 'damit']
const MONTHS = 'Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember'.split(',')
const QUESTIONS = ['Wer', 'Was', 'Wann', 'Wo', 'Warum', 'Wie viele', 'Welche', 'Seit wann']

/** Of so many of its words an article has them over and over. */
const TOPIC_SHARE = 0.25
/** How much the first ranks are like each other: among all words, and among those that an article is about. */
const FLAT = 30
const TOPICS_FLAT = 300

/** Ranks below `words`, by the law of Zipf and Mandelbrot: as frequent as one through the rank and `flat`, which keeps the first from being everywhere. */
const rankBelow = (random, words, flat) => Math.floor(flat * ((words + flat) / flat) ** random.next() - flat)

/**
 * @param words how many different words (not forms) there are to draw from
 * @param letters how long the text is to be, at least
 */
function article(random, words, letters) {
  const topics = Array.from({ length: 3 + Math.floor(Math.sqrt(letters) / 6) }, () =>
    rankBelow(random, words, TOPICS_FLAT),
  )
  const rank = () => (random.chance(TOPIC_SHARE) ? random.pick(topics) : rankBelow(random, words, FLAT))
  /** A word of a kind; the first that comes along. */
  const drawn = (...kinds) => {
    for (;;) {
      const word = wordOf(rank())
      if (kinds.includes(word.kind)) return word
    }
  }
  const described = (grammaticalCase) => {
    const noun = drawn('noun', 'name')
    if (noun.kind === 'name') return grammaticalCase === 'gen' ? `von ${noun.word}` : noun.word
    const isPlural = noun.gender === 'p' || random.chance(0.3)
    const gender = isPlural ? 'p' : noun.gender
    const ending =
      !isPlural && (grammaticalCase === 'nom' || (grammaticalCase === 'acc' && gender !== 'm')) ? 'e' : 'en'
    const adjective = random.chance(0.3) ? `${drawn('adjective').stem}${ending} ` : ''
    const owner = grammaticalCase !== 'gen' && random.chance(0.15) ? ` ${described('gen')}` : ''
    return `${THE[gender][grammaticalCase]} ${adjective}${nounForm(noun, grammaticalCase, isPlural)}${owner}`
  }
  const place = () => (random.chance(0.5) ? ` ${random.pick(WITH_DATIVE)} ${described('dat')}` : '')
  const number = () => {
    const share = random.next()
    if (share < 0.3) return ` am ${1 + random.below(28)}. ${random.pick(MONTHS)} ${1900 + random.below(125)}`
    if (share < 0.6) return ` für ${1 + random.below(99)}.${100 + random.below(900)} Euro`
    return ` nach § ${1 + random.below(300)} Absatz ${1 + random.below(9)}`
  }
  const sentence = () => {
    const verb = drawn('verb')
    const [subject, object] = [described('nom'), described('acc')]
    const more = `${random.chance(0.12) ? number() : ''}${place()}`
    const share = random.next()
    let main
    if (share < 0.3) main = `${subject} hat ${object}${more} ${verbForms.participle(verb)}`
    else if (share < 0.4) main = `${subject} soll ${object}${more} ${verbForms.infinitive(verb)}`
    else {
      const form = random.chance(0.6) ? verbForms.present(verb) : verbForms.past(verb)
      const end = verb.apart === '' ? '' : ` ${verb.apart}`
      main = random.chance(0.7)
        ? `${subject} ${form} ${object}${more}${end}`
        : `${random.pick(ADVERBS)} ${form} ${subject} ${object}${more}${end}`
    }
    if (random.chance(0.3)) {
      const other = drawn('verb')
      main += `, ${random.pick(CONJUNCTIONS)} ${described('nom')}${place()} ${other.apart}${verbForms.past(other)}`
    }
    return `${capital(main)}.`
  }

  const paragraphs = []
  let length = 0
  while (length < letters) {
    const sentences = Array.from({ length: 3 + random.below(5) }, sentence)
    // the last paragraph ends where the text is long enough
    let paragraph = ''
    for (const one of sentences) {
      if (length + paragraph.length >= letters) break
      paragraph += paragraph === '' ? one : ` ${one}`
    }
    paragraphs.push(paragraph)
    length += paragraph.length + 2
  }
  return { title: capital(described('nom')), text: paragraphs.join('\n\n') }
}

/** Short passages, 400 to 800 letters; each an article, as they have no titles. */
export function* passages(count, seed) {
  for (let at = 0; at < count; at++) {
    const random = randomOf(seed * 1_000_003 + at)
    const { text } = article(random, 250_000, 400 + random.below(400))
    yield { id: `p${at}`, title: '', text }
  }
}

/** Long articles with titles, 5,000 to 100,000 letters, the shorter the more; 35,000 in the middle. */
export function* longArticles(count, seed) {
  for (let at = 0; at < count; at++) {
    const random = randomOf(seed * 2_000_003 + at)
    yield { id: `l${at}`, ...article(random, 3_000_000, Math.floor(5000 + 95_000 * random.next() ** 2)) }
  }
}

/** A question in words of a text. */
export function question(text, random) {
  const sentence = random.pick(text.split(/(?<=\.)\s+/)).replace(/[.,]/g, '')
  const words = sentence.split(' ')
  const from = random.below(Math.max(1, words.length - 7))
  return `${random.pick(QUESTIONS)} ${words.slice(from, from + 5 + random.below(4)).join(' ')}?`
}

/** Two or three longer words of a text, as they are typed. */
export function fewWords(text, random) {
  const words = text.match(/\p{L}{5,}/gu) ?? []
  return Array.from({ length: 2 + random.below(2) }, () => random.pick(words))
    .join(' ')
    .toLowerCase()
}
