/** Written as in the lexicon's keys: lower case, ss for ß. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''))

/** What joins two parts and belongs to neither (Fugenelemente). The longest that fits is tried first. */
export const LINKS = ['ens', 'es', 'en', 'er', 'ns', 's', 'n', 'e'] as const
const LINKS_BY_LAST: readonly (readonly string[])[] = Array.from({ length: 128 }, (_, code) =>
  LINKS.filter((link) => link.charCodeAt(link.length - 1) === code),
)
const NO_LINKS: readonly string[] = []

/** The links that end with a letter, in the order in which they are tried. */
export const linksEndingWith = (letter: number): readonly string[] => LINKS_BY_LAST[letter] ?? NO_LINKS

/** Prefixes, particles and small words: what begins with one is derived from the rest, not composed with it. */
const DERIVING = words(`
  ab an auf aus be bei da dar durch ein eint emp ent er fort ge gen ger ges her hin ins hinter in miss mit nach nieder ob über um un unt
  unter ver vor weg wider wieder zer zu zurück zusammen
  daher dahin davon empor entgegen herab heran herauf heraus herbei herein herüber herum herunter hervor hinab hinaus hinauf
  hinein hinüber hinunter ran raus rum dran
  para als bin bis das dem den der des die für gar hat ich ihr ist man mal nun nur per pre prä pro sie sub trans vom von was wem wen wer
  wie zum zur und`)

/** Prefixes with the consonants after them, and other beginnings, that only look like first parts: Bes|tand, Ant|wort, Kont|rolle. */
const LOOKALIKES = words(`
  abk abkn abt abts and angl ank anm ans ant aufl aufm aufs auss beb bed beg beid beig beim ben bens bes besch beschn bet betr
  durchs einschl einst erk erl ern erns ernt forts geb gech geg gehl gehr gel geln genr gesch herg hers hert hing hinn hint mitr
  nachts ums untern unterm unters unz verb verd vergl verl vers vorm vorn vors wegs zerf zerg zus zugs überm übern übers
  al beit deuts fina finan handl kommis kons kont kontr mali met par rege schw star`)

export const NEVER_FIRST: ReadonlySet<string> = new Set([...DERIVING, ...LOOKALIKES])

/** By their first letter, the longest first. */
const LONG_PREFIXES = new Map<number, string[]>()
for (const prefix of [...DERIVING].filter((word) => word.length > 4).sort((a, b) => b.length - a.length)) {
  const first = prefix.charCodeAt(0)
  LONG_PREFIXES.set(first, [...(LONG_PREFIXES.get(first) ?? []), prefix])
}

/** The length of the longest of the longer prefixes that a word begins with: one with zusammen does not begin with Zus-. */
export function longPrefixLength(key: string): number {
  const prefixes = LONG_PREFIXES.get(key.charCodeAt(0))
  if (prefixes === undefined) return 0
  for (const prefix of prefixes) if (key.startsWith(prefix)) return prefix.length
  return 0
}

/** Endings that are spelt like words: what ends with one is derived, not composed. */
export const NEVER_LAST = words(`
  aden ade al ale alem alen aler ales amen and anden ant ante anten anz ate aten bar bare barem baren barer bares chen chens
  ehe eien ein eine einem einen einer eines el ellen elle em en ende endem enden ender endes ens ent ente enten enz er ere erem
  eren erer eres ern erns ers ert erte ertem erten erter ertes es est estem esten ester estes et eur euren eurs euse
  fach fache fachem fachen facher faches gehe geht gel gen ging haft hafte haftem haften hafter haftes heit heiten
  ich ig ige igem igen iger iges ihr ihre ihren in inne innen ion ionen isch ische ischem ischen ischer isches ismen ismus ist isten
  ität itäten ieren iere iert ierte iertem ierten ierter iertes keit keiten lei lein leins lich liche lichem lichen licher liches
  ling linge lingen lings los lose losem losen loser loses mal mals manne mich nen ner nern ners nis nisse nissen
  sam same samem samen samer sames schaft schaften sche schem schen scher sches seits sein sem sen ser ses sich
  tel ten ter tern tes tion tionen tum tums tümer tümern ung ungen voll volle vollem vollen voller volles wärts zig
  ahme ahmen ben che dung dungen iden lung lungen malen olf olfen eden fender ing ings male maler ollen olle oger rial rials rieb riebe rieben riebs sion sionen ster sters tabe taben
  tand tands zen
  als aus das dem den der des die erst erste ersten este`)

/** Words that fall into parts of other words by accident, without their endings; in the plural too. They stay whole by themselves. */
const UNDIVIDED =
  /^(?:manifest|nachteil|soldat|material|marketing|regel|mantel|karton|direkt|generation|demontage|katalog|zugleich|wichtig)(?:e|en|er|es|n|s)?$/

/** Prefixes of derived words; what is left of one is a word, and no first part ends a letter or two behind the prefix. */
const PREFIXES = /^(?:ab|an|auf|aus|be|bei|ein|er|ge|mit|nach|um|un|unter|ver|vor|zer|zu|über)/
const AFTER_PREFIX_MAX = 2
/** Erde and Erbe lose their e; er- is a prefix all the same. */
const LIKE_PREFIXES = new Set(['erb', 'erd'])

/**
 * Whether a split is none: Zug|riff is Zu-griff.
 * @param end of the first part
 */
export function isAccident(key: string, end: number, isWord: (word: string) => boolean): boolean {
  if (UNDIVIDED.test(key)) return true
  const first = key.slice(0, end)
  const prefix = PREFIXES.exec(first)?.[0] ?? ''
  const extra = end - prefix.length
  if (prefix === '' || extra === 0 || extra > AFTER_PREFIX_MAX || LIKE_PREFIXES.has(first)) return false
  return isWord(key.slice(prefix.length))
}
