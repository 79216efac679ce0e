/** Words that ask, in lower case. */
const ASKING = new Set(
  'wer wen wem wessen was wo wann warum wieso weshalb weswegen wie wieviel wieviele woher wohin womit wodurch wofür woran worauf woraus worin worüber wovon wozu wobei wonach worum wovor welche welches welchem welchen welcher'.split(
    ' ',
  ),
)

/** Words that only say that something is asked for, in lower case: Wie heißt …, Welchen Namen …, Welche Art von …, Was gibt es … */
const FRAMING = new Set(
  'heißt heißen hieß hießen heiße heisst heissen hiess hiessen lautet lauten lautete lauteten nennt nennen nannte nannten genannt bezeichnet bezeichnen bezeichnete bezeichneten gibt geben gab gaben name namen namens begriff art arten'.split(
    ' ',
  ),
)

const NO_LETTERS = /\P{L}+/gu
/** A preposition may stand before the word that asks: In welchem Jahr … */
const FIRST_WORDS = 2

/** Whether a query is a question: it ends like one, or asks with its first or second word. */
export function isQuestion(query: string): boolean {
  const trimmed = query.trim()
  if (trimmed.endsWith('?')) return true
  return trimmed
    .split(/\s+/u, FIRST_WORDS)
    .some((word) => ASKING.has(word.normalize('NFC').replaceAll(NO_LETTERS, '').toLowerCase()))
}

/** Whether a word of a question, in lower case, tells little of what is asked for. */
export const isFraming = (key: string): boolean => FRAMING.has(key)
