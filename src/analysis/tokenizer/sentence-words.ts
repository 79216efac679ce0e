import { isCapitalAt } from './characters.ts'

/**
 * Words that have a capital letter only at the beginning of a sentence: articles, pronouns, prepositions, conjunctions, adverbs. Behind
 * „der 2.“ or „20 Min.“ a noun tells nothing, one of these does.
 */
const STARTERS: ReadonlySet<string> = new Set(
  `der die das dem den des ein eine einer eines einem einen kein keine keiner keines keinem keinen
  ich du er sie es wir ihr man wer wen wem wessen was wo wann warum wie wieso weshalb woher wohin wobei womit wodurch
  mein meine meiner meinem meinen sein seine seines seinem seinen seiner ihre ihres ihrem ihren ihrer unser unsere unserer unserem
  dies diese dieses diesem diesen dieser jene jenes jenem jenen jener jede jedes jedem jeden jeder solche solcher solches
  welche welcher welches alle allen alles beide beiden manche mancher einige einigen mehrere viele vielen wenige etliche
  in im an am auf aus bei beim mit nach zu zum zur von vom vor für um durch ohne gegen über unter hinter neben zwischen seit
  während wegen trotz statt anstatt laut gemäß bis ab außer innerhalb außerhalb infolge aufgrund mithilfe dank entlang gegenüber
  und oder aber denn doch sondern sowie sowohl weder entweder als wenn weil dass daß da damit obwohl bevor nachdem sobald
  solange sofern soweit falls indem ob je
  nicht nur auch schon sehr hier dort dann nun jetzt noch bereits etwa so daher darum deshalb deswegen danach daraufhin dabei
  dadurch dazu dafür davon daran darin darauf darüber darunter daraus dagegen hierbei hierzu hierfür hiermit zudem außerdem
  jedoch allerdings trotzdem dennoch später früher heute gestern damals anschließend schließlich zuletzt zuerst zunächst
  zuvor insgesamt insbesondere weiterhin ferner ebenso ebenfalls zugleich gleichzeitig inzwischen mittlerweile seitdem seither
  oft manchmal meist meistens häufig selten vielleicht hingegen stattdessen somit folglich also
  ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können soll sollte muss`.split(/\s+/),
)
const LONGEST = Math.max(...[...STARTERS].map((word) => word.length))

/** Whether the word at `start` has a capital letter that only a new sentence explains. */
export function isSentenceStarter(text: string, start: number): boolean {
  if (!isCapitalAt(text, start)) return false
  const [word] = /^\p{Lu}\p{Ll}*(?![\p{L}\p{N}-])/u.exec(text.slice(start, start + LONGEST + 1)) ?? []
  return word !== undefined && STARTERS.has(word.toLowerCase())
}

/** What a number belongs to that stands behind it: a full stop after it is no ordinal's („in Kapitel 12.“). */
const NUMBERED = new Set(
  'Seite Seiten Kapitel Artikel Artikeln Absatz Abs. Satz Nummer Nr. Nrn. Abschnitt Anlage Ziffer Teil Band Punkt Haus § §§'.split(
    ' ',
  ),
)
const NUMBERED_ENDS = ['Str.', 'str.', 'Straße', 'straße', 'Weg', 'weg', 'Platz', 'platz']
/** So many characters before a number are looked at. */
const NUMBERED_MAX = 24
const SPACE = /\s/
const BORDER = /[\s(„"»]/

function isBorder(text: string, at: number): boolean {
  const letter = text.charCodeAt(at) | 0x20
  // nearly all of them are letters
  return (letter < 0x61 || letter > 0x7a) && BORDER.test(text.charAt(at))
}

/** Whether what stands before a number is what it numbers. */
export function isNumbered(text: string, start: number): boolean {
  if (!SPACE.test(text.charAt(start - 1))) return false
  const first = Math.max(0, start - NUMBERED_MAX)
  const end = start - 1
  let begin = end
  while (begin > first && !isBorder(text, begin - 1)) begin -= 1
  const word = text.slice(begin, end)
  return NUMBERED.has(word) || NUMBERED_ENDS.some((end) => word.endsWith(end))
}
