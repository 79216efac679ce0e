/** Abbreviations that stand for one word alone, in lower case without their full stops; each is indexed as that word. */
const WRITTEN_OUT: ReadonlyMap<string, string> = new Map(
  `abb abbildung, abs absatz, anm anmerkung, aufl auflage, bhf bahnhof, bzgl bezüglich, dipl diplom, dr doktor, evang evangelisch,
  ev evangelisch, exkl exklusive, hbf hauptbahnhof, hr herr, hrsg herausgeber, inkl inklusive, jh jahrhundert, jhd jahrhundert,
  kap kapitel, kath katholisch, lfd laufend, lkr landkreis, mwst mehrwertsteuer, nr nummer, nrn nummern, prof professor,
  rdnr randnummer, rn randnummer, st sankt, str strasse, tel telefon, urspr ursprünglich, ziff ziffer, zzgl zuzüglich,
  abzgl abzüglich`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
)
const LONGEST = Math.max(...Array.from(WRITTEN_OUT.keys(), ({ length }) => length))

/** The word that an abbreviation stands for; undefined for all other words. In capitals it is another: ABS, DR. */
export const writtenOut = (key: string): string | undefined => (key.length > LONGEST ? undefined : WRITTEN_OUT.get(key))
