import { fold } from './fold.ts'

/** German function words, one line a class. They are told on the surface form, before any stemming. */
const STOP_WORDS = `
der die das des dem den ein eine eines einem einen einer kein keine keines keinem keinen keiner
ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihn ihnen ihrer meiner deiner seiner unser euer
mein meine meines meinem meinen dein deine deines deinem deinen sein seine seines seinem seinen
ihre ihres ihrem ihren unsere unseres unserem unseren unserer unsre unsres unsrem unsren unsrer
eure eures eurem euren eurer derer dessen deren denen
dies diese dieses diesem diesen dieser jene jenes jenem jenen jener derselbe dieselbe dasselbe desselben demselben denselben
derselben dieselben selbst selber man jemand etwas nichts
jede jedes jedem jeden jeder jedoch alle alles allem allen aller all manche manches manchem manchen mancher solche solches
solchem solchen solcher welche welches welchem welchen welcher einige einiges einigem einigen einiger
wer wen wem wessen was wo wann warum wieso weshalb weswegen wie woher wohin womit wodurch wofür woran worauf woraus worin
worüber wovon wozu wobei wieviel wogegen wonach worum wovor
und oder aber denn sondern doch sowie sowohl weder noch entweder als ob wenn weil dass daß da damit während obwohl
bevor nachdem sobald solange indem falls bis seit je desto so sodass
in im an am auf aus bei beim mit nach zu zum zur von vom vor für um durch ohne gegen über unter hinter neben zwischen
ins ans aufs fürs ums übers unterm hinterm wegen trotz laut ab außer innerhalb außerhalb per pro
nicht nur auch schon sehr mehr hier dort da dann nun jetzt heute damals immer wieder noch bereits etwa sogar eben halt mal
daran darauf daraus darin darüber davon davor dazu dabei dadurch dafür dagegen danach daher darum deshalb deswegen hin her
bin bist ist sind seid war warst waren wart wäre wären gewesen sei seien
habe hast hat haben habt hatte hattest hatten hattet hätte hätten gehabt
werde wirst wird werden werdet wurde wurdest wurden wurdet würde würden worden geworden
kann kannst können könnt konnte konnten könnte könnten muss muß musst müssen müsst musste mussten müsste müssten
soll sollst sollen sollt sollte sollten will willst wollen wollt wollte wollten darf darfst dürfen dürft durfte durften
dürfte dürften mag magst mögen mögt mochte mochten möchte möchten
viel viele vielen vieler vieles vielem wenig wenige wenigen weniger etwa
z.b. d.h. u.a. o.ä. u.ä. i.d.r. u.u. z.t. u.v.m. u.v.a. v.a. o.g. u.s.w. u.a.m. bzw usw ca etc vgl ggf evtl sog
`

const spellings = (word: string): string[] => {
  const typed = word.replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss')
  return typed === word ? [word] : [word, typed]
}

const STOPS: ReadonlySet<string> = new Set(STOP_WORDS.trim().split(/\s+/).flatMap(spellings))

const STOP_TERMS: ReadonlySet<string> = new Set([...STOPS].map(fold))
const STOP_TERM_LENGTH_MAX = Math.max(...[...STOP_TERMS].map((term) => term.length))
/** Longer words are none. */
export const STOP_WORD_LENGTH_MAX = Math.max(...[...STOPS].map((word) => word.length))

/** Whether a function word has this term. */
export function isStopTerm(term: string): boolean {
  return term.length <= STOP_TERM_LENGTH_MAX && STOP_TERMS.has(term)
}

/** Whether a lower-case surface form (NFC, abbreviations without spaces) is a stop word. */
export function isStopWord(word: string): boolean {
  return word.length <= STOP_WORD_LENGTH_MAX && STOPS.has(word)
}
