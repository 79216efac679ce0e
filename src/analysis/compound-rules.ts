/** Written as in the lexicon's keys: lower case, ss for ß. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''))

/** What joins two parts and belongs to neither (Fugenelemente). The longest that fits is tried first. */
export const LINKS = ['ens', 'es', 'en', 'er', 'ns', 's', 'n', 'e'] as const

/** Prefixes, particles and small words: what begins with one is derived from the rest, not composed with it. */
export const NEVER_FIRST = words(`
  ab an auf aus be bei da dar durch ein eint emp ent er fort ge gen ger ges her hin ins hinter in miss mit nach nieder ob über um un unt
  unter ver vor weg wider wieder zer zu zurück zusammen
  daher dahin davon empor entgegen herab heran herauf heraus herbei herein herüber herum herunter hervor hinab hinaus hinauf
  hinein hinüber hinunter ran raus rum dran
  para als bin bis das dem den der des die für gar hat ich ihr ist man mal nun nur per pre prä pro sie sub trans vom von was wem wen wer
  wie zum zur und`)

/** The longer of them: a word that begins with zusammen does not begin with Zus-. */
export const LONG_PREFIXES: readonly string[] = [...NEVER_FIRST]
  .filter((word) => word.length > 4)
  .sort((a, b) => b.length - a.length)

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
  als aus das dem den der des die erst erste ersten`)
