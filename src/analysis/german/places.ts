/** Places whose adjective in -er the rules below do not make, and that. */
const IRREGULAR = `dresden dresdner, münchen münchner, zürich zürcher, basel basler, bremen bremer, kassel kasseler, hannover hannoveraner,
  weimar weimarer, emden emder, verden verdener, dornbirn dornbirner, rom römer, halle hallenser, karlsruhe karlsruher, athen athener, florenz florentiner, mailand mailänder,
  neapel neapolitaner, venedig venezianer, jena jenaer, gotha gothaer, fulda fuldaer, moskau moskauer, 
  holland holländer, island isländer, rheinland rheinländer, 
  vorarlberg vorarlberger, schweiz schweizer, tirol tiroler, kärnten kärntner, steiermark steirer, elsass elsässer, thüringen thüringer,
  göttingen göttinger, tübingen tübinger, solingen solinger, esslingen esslinger, reutlingen reutlinger, erlangen erlanger,
  thun thuner, wallis walliser, tessin tessiner, münster münsteraner`
/** Places whose adjective ends in -er behind the whole name, though the lexicon has that as a noun. Not Hamm: a Hammer is a tool. */
const REGULAR = `aachen augsburg bamberg bayreuth berlin bern bielefeld bochum bonn bottrop braunschweig bregenz brandenburg brüssel chemnitz
  cottbus darmstadt dortmund duisburg düsseldorf erfurt essen feldkirch flensburg frankfurt freiburg fürth genf graz hagen hamburg
  heidelberg heilbronn ingolstadt innsbruck kiel klagenfurt koblenz köln konstanz krefeld leipzig leverkusen linz
  london lübeck ludwigshafen luzern magdeburg mainz mannheim moers mönchengladbach mülheim neuss nürnberg oberhausen offenbach oldenburg
  osnabrück paderborn paris pforzheim potsdam prag recklinghausen regensburg remscheid rostock saarbrücken salzburg schwerin siegen
  straßburg stuttgart trier ulm villach warschau wien wiesbaden winterthur wolfsburg wuppertal würzburg zwickau budapest kiew lissabon
  luxemburg mecklenburg helgoland allgäu`

/** By adjective. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ...IRREGULAR.split(',').map((pair) => pair.trim().split(/\s+/).reverse() as [string, string]),
  ...REGULAR.split(/\s+/)
    .map((place) => place.replaceAll('ß', 'ss'))
    .map((place) => [`${place}er`, place] as const),
])

/** The place that an adjective is of, such as berliner, in lower case with ss for ß; undefined for other words. All of them end in -er. */
export const placeOf = (word: string): string | undefined => (word.endsWith('er') ? PLACES.get(word) : undefined)
