/** Adjectives on -er, which the stemmer takes for an ending; after the stroke how the e before the r goes. */
const IN_ER = `albern bitter|bittr finster|finstr hager heiter|heitr integer|integr lecker|leckr locker|lockr mager makaber|makabr munter|muntr
  nüchtern sauber|saubr sauer|saur schwanger sicher|sichr tapfer|tapfr teuer|teur unsauber unsicher|unsichr wacker|wackr`

/** Adjectives that are too short for the stemmer to cut their endings, or to double a vowel with them: freies, ärmste, neueste. */
const SHORT = 'arm|ärm blau eng frei froh früh genau grau lau nah|näh neu rau roh scheu schlau treu untreu zäh'

/** A stem that loses its e before an ending: flexible → flexibel, dunkle, dunkleres → dunkel, teure → teuer. */
const SYNCOPE = /^(.*[ai]bl|dunkl|edl|eitl|übl|heikl|nobl)e(?:[mnrs]|re[mnrs]?)?$/
const SYNCOPE_ENDING_MAX = 4

const DECLINED = ['', 'e', 'em', 'en', 'er', 'es']
const COMPARED = ['er', 'ere', 'erem', 'eren', 'erer', 'eres']
const SUPERLATIVE = ['ste', 'stem', 'sten', 'ster', 'stes']

/** What an adjective's form is a form of; `stemmed` false where the stemmer must not touch that. */
interface AdjectiveForm {
  readonly word: string
  readonly stemmed: boolean
}

/** By form. */
const FORMS: ReadonlyMap<string, AdjectiveForm> = new Map([...formsOf(IN_ER, false), ...formsOf(SHORT, true)])

/** @param key lower case, NFC, ss for ß */
export function adjectiveOf(key: string): AdjectiveForm | null {
  const known = FORMS.get(key)
  if (known !== undefined) return known
  const short = mayBeSyncope(key) ? SYNCOPE.exec(key)?.[1] : undefined
  return short === undefined ? null : { word: `${short.slice(0, -1)}el`, stemmed: true }
}

/** Whether the last l of the word stands before an e and at most three letters more. */
function mayBeSyncope(key: string): boolean {
  for (let at = key.length - 2; at >= key.length - SYNCOPE_ENDING_MAX - 1 && at >= 0; at--)
    if (key.charCodeAt(at) === 0x6c) return key.charCodeAt(at + 1) === 0x65
  return false
}

function* formsOf(table: string, stemmed: boolean): Generator<[string, AdjectiveForm]> {
  for (const line of table.split(/\s+/)) {
    const [word = '', other = word] = line.split('|')
    const form = { word, stemmed }
    for (const ending of [...DECLINED, ...COMPARED]) yield [word + ending, form]
    for (const stem of [word, other])
      for (const ending of [...COMPARED, ...SUPERLATIVE, ...SUPERLATIVE.map((one) => `e${one}`)])
        yield [stem + ending, form]
    // the other stem of teuer is declined too: teure
    if (!stemmed) for (const ending of DECLINED.slice(1)) yield [other + ending, form]
  }
}
