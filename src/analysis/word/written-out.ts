const pairs = (list: string): ReadonlyMap<string, string> =>
  new Map(list.split(',').map((pair) => pair.trim().split(/\s+/) as [string, string]))

/**
 * Abbreviations that stand for one word alone, in lower case without their full stops; each is indexed as that word. None is another word
 * by the lexicon: it has Hbf and Prof, but as just these.
 */
export const WRITTEN_OUT = pairs(
  `abb abbildung, abs absatz, bhf bahnhof, bzgl bezüglich, dr doktor, evang evangelisch, exkl exklusive, hbf hauptbahnhof, hr herr,
  hrsg herausgeber, inkl inklusive, jh jahrhundert, jhd jahrhundert, lfd laufend, lkr landkreis, mwst mehrwertsteuer, nr nummer,
  nrn nummern, prof professor, rdnr randnummer, rn randnummer, st sankt, str strasse, urspr ursprünglich, ziff ziffer, zzgl zuzüglich,
  abzgl abzüglich`,
)
/** Those that are other words, or names, without a full stop behind them: Kap Hoorn, Tel Aviv, eV. */
const BEFORE_FULL_STOP = pairs(
  'anm anmerkung, aufl auflage, dipl diplom, ev evangelisch, kap kapitel, kath katholisch, tel telefon',
)
const LONGEST = Math.max(...Array.from([...WRITTEN_OUT.keys(), ...BEFORE_FULL_STOP.keys()], ({ length }) => length))

/** The word that an abbreviation stands for; undefined for all other words. In capitals it is another: ABS, DR. */
export const writtenOut = (key: string): string | undefined => (key.length > LONGEST ? undefined : WRITTEN_OUT.get(key))

/** The word that an abbreviation may stand for where a full stop is behind it, but not elsewhere; undefined for all other words. */
export const writtenOutBeforeStop = (key: string): string | undefined =>
  key.length > LONGEST ? undefined : BEFORE_FULL_STOP.get(key)
