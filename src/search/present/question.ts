import { ownCopy } from '../../own-copy.ts'

/** What a question asks for. */
export type Question = 'date' | 'number' | 'measure' | 'duration' | 'who' | 'where' | 'why' | 'definition'

const word = (pattern: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'iu')

/** What asks for each, the first that is found counts. */
const ASKING: readonly (readonly [Question, RegExp])[] = [
  ['date', word('wann|welche[mrns]? (?:jahre?|jahrhundert|jahrzehnt|monat|tage?|datum|zeitpunkt|epoche)')],
  ['duration', word('wie (?:lange|alt)')],
  ['measure', word('wie (?:hoch|lang|groß|weit|schwer|teuer|tief|breit|schnell|warm|heiß|kalt|stark)')],
  ['number', word('wie ?viele?[nrs]?|wie oft|wie häufig|welche[rn]? (?:anteil|zahl|anzahl|prozentsatz)')],
  [
    'why',
    word(
      'warum|wieso|weshalb|weswegen|wodurch|welche[mnr]? grund|welche gründe|welche ursachen?|was (?:verursachte?|führte?)',
    ),
  ],
  ['who', word('we[rmn]|wessen')],
  [
    'where',
    word(
      'wo|wohin|woher|welche[rmns]? (?:stadt|städten?|land|ländern?|staat|ort|region|insel|kontinent|provinz|gebiet)',
    ),
  ],
  ['definition', word('was (?:ist|sind|war|waren|bedeutet|bezeichnet|versteht|heißt)')],
  ['who', word('wie (?:heißt|heißen|hieß|hießen|nennt|nannte)|welche[rnms]? namen?')],
]

/** What a query asks for; null where it asks nothing, or nothing a sentence shows. */
export function questionOf(query: string): Question | null {
  const composed = query.normalize('NFC')
  for (const [question, pattern] of ASKING) if (pattern.test(composed)) return question
  return null
}

const MONTH = 'Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember'
const NUMERAL =
  'zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\\p{L}{1,30}zehn|\\p{L}{1,30}zig|\\p{L}{0,30}hunderte?|\\p{L}{0,30}tausende?|Dutzend|Millionen|Milliarden|Hälfte|Drittel|Viertel'
const TIME = 'Sekunden?|Minuten?|Stunden?|Tagen?|Wochen?|Monaten?|Jahren?|Jahrzehnten?|Jahrhunderten?'
const UNIT =
  'm|km|cm|mm|kg|g|t|l|ha|m²|km²|°C|K|Grad|Prozent|Meter[ns]?|Kilometer[ns]?|Tonnen|Gramm|Kilogramm|Liter|Hektar|Euro|Dollar|Pfund|Mark|Yards?|Meilen|Fuß|Zoll|Millionen|Milliarden|Quadratkilometer[n]?|km/h|Watt|Volt'

const all = (pattern: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'gu')

/** What answers each question, the strongest first. Every repetition has a bound: words of 100,000 letters are only made to do harm. */
const ANSWERS: Readonly<Record<Question, readonly (readonly [strength: number, RegExp])[]>> = {
  date: [
    [1, all(`1\\d{3}(?:er)?|20\\d{2}|${MONTH}|\\d{1,2}\\.\\d{1,2}\\.\\d{4}`)],
    [0.7, all(`\\d{3} [nv]\\. Chr|\\p{L}{0,30}[Jj]ahrhunderts?|\\p{L}{0,30}[Jj]ahrzehnts?`)],
    [0.4, all(`\\p{L}{1,30}tags?|Morgen|Abend|${TIME}`)],
  ],
  duration: [
    [1, all(`(?:\\d[\\d.,]{0,20}|${NUMERAL}|ein|eine|einem|einer) (?:${TIME}|\\p{L}{0,30}[jJ]ährigen?)`)],
    [0.6, all(`\\d[\\d.,]{0,20}|${NUMERAL}|1\\d{3}|20\\d{2}`)],
    [0.5, all(TIME)],
  ],
  measure: [
    [1, all(`(?:\\d[\\d.,]{0,20}|${NUMERAL})[ \u00a0\u202f]?(?:${UNIT})`)],
    [1, /\d[ \u00a0\u202f]?[%€$°]/gu],
    [0.6, all(`\\d[\\d.,]{0,20}|${NUMERAL}`)],
  ],
  number: [
    [1, all(`\\d[\\d.,]{0,20}`)],
    [0.8, all(`${NUMERAL}|Prozent|einmal|zweimal|dreimal|\\p{L}{1,30}mal`)],
  ],
  who: [
    [
      1,
      /(?<![\p{L}\p{N}])\p{Lu}[\p{L}.’'-]{1,40}(?: (?:von|van|de|der|zu|bin|al|di|da|la|le)){0,3} \p{Lu}[\p{L}’'-]{1,40}/gu,
    ],
    [0.6, all('(?:von|vom|durch|König|Königin|Kaiser|Papst|Präsident|Dr|Prof)\\.? \\p{Lu}\\p{L}{1,40}')],
    [0.4, /(?<=[ „»(])\p{Lu}[\p{L}’'-]{1,40}/gu],
  ],
  where: [
    [1, all(`(?:in|aus|nach|bei|nahe|südlich|nördlich|östlich|westlich)(?: von)? (?!${MONTH})\\p{Lu}[\\p{L}-]{1,40}`)],
    [0.6, all(`(?:im|am|auf|in|an|ins|beim|zum|zur)(?: de[rnm])? (?!Jahr|${MONTH})\\p{Lu}[\\p{L}-]{1,40}`)],
  ],
  why: [
    [1, all('weil|denn|wegen|aufgrund|infolge|dank|Grund|Gründen?|Ursachen?|da|Da|Weil|Wegen|Aufgrund')],
    [0.7, all('damit|um|dadurch|daher|deshalb|darum|deswegen|somit|führten?|verursachten?|verursacht|sodass|durch')],
  ],
  definition: [
    [1, all('(?:ist|sind|war|waren|bezeichnet|bezeichnen) (?:eine?[snmr]?|der|die|das|alle)')],
    [0.8, all('bezeichnet|bezeichnete[nt]?|bedeutet|nennt|genannt|heißt|definiert|gilt als|versteht|verstehen')],
    [0.4, all('ist|sind|war|waren')],
  ],
}

/** Something in a sentence that answers a question. */
export interface Answer {
  readonly start: number
  readonly end: number
  /** From 0 to 1. */
  readonly strength: number
}

/**
 * What in a sentence answers a question, the strongest first, by the question's class alone.
 * @param isAsked whether what stands at an offset of the sentence are words of the question: they answer nothing
 */
export function* answersIn(
  sentence: string,
  question: Question,
  isAsked: (start: number, end: number) => boolean,
): Generator<Answer> {
  const reading = readingOf(sentence, question)
  for (let at = 0; ; at++) {
    const answer = reading.answers[at] ?? nextOf(reading)
    if (answer === null) return
    if (!isAsked(answer.start, answer.end)) yield answer
  }
}

/** What was found in a sentence so far, asked or not, and where to go on. */
interface Reading {
  readonly sentence: string
  readonly question: Question
  readonly answers: Answer[]
  /** Of the patterns of the question which is looked for, and from where on. */
  pattern: number
  from: number
}

/** The sentences that were read last: what a hit shows looks at a sentence again that was chosen for its answer. */
const recent: Reading[] = []
const RECENT_MAX = 4

function readingOf(sentence: string, question: Question): Reading {
  for (const one of recent) if (one.question === question && one.sentence === sentence) return one
  // cut out of its text it would keep all of that
  const reading: Reading = { sentence: ownCopy(sentence), question, answers: [], pattern: 0, from: 0 }
  recent.unshift(reading)
  if (recent.length > RECENT_MAX) recent.pop()
  return reading
}

/** Looks for one more; null where there is none. */
function nextOf(reading: Reading): Answer | null {
  const patterns = ANSWERS[reading.question]
  for (; reading.pattern < patterns.length; reading.pattern++, reading.from = 0) {
    const [strength, pattern] = patterns[reading.pattern] as (typeof patterns)[number]
    pattern.lastIndex = reading.from
    const found = pattern.exec(reading.sentence)
    if (found === null) continue
    reading.from = pattern.lastIndex
    const answer = { start: found.index, end: reading.from, strength }
    reading.answers.push(answer)
    return answer
  }
  return null
}
