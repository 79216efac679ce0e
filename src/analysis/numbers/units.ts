/** Units as they are written behind a number, with or without a space, in lower case: each line is one unit, the first its name. */
const UNITS = `
kg kilogramm kilogramms kilo kilos
g gramm gramms
mg milligramm
µg mikrogramm
t tonne tonnen
km kilometer kilometern kilometers
m meter metern meters
dm dezimeter
cm zentimeter zentimetern
mm millimeter millimetern
µm mikrometer
nm nanometer
l liter litern liters
dl deziliter
cl zentiliter
ml milliliter
hl hektoliter
h std stunde stunden
min minute minuten
s sek sekunde sekunden
ms millisekunde millisekunden
m² qm quadratmeter quadratmetern
km² qkm quadratkilometer quadratkilometern
cm² qcm quadratzentimeter
mm² quadratmillimeter
m³ cbm kubikmeter kubikmetern
cm³ ccm kubikzentimeter
ha hektar
w watt
kw kilowatt
mw megawatt
gw gigawatt
tw terawatt
wh wattstunde wattstunden
kwh kilowattstunde kilowattstunden
mwh megawattstunde megawattstunden
gwh gigawattstunde gigawattstunden
twh terawattstunde terawattstunden
v volt
kv kilovolt
mv
a ampere
ma milliampere
ah
mah
hz hertz
khz kilohertz
mhz megahertz
ghz gigahertz
b byte bytes
kb kilobyte
mb megabyte
gb gigabyte
tb terabyte
pb petabyte
kib
mib
gib
kbit
mbit megabit
gbit gigabit
px pixel pixeln
dpi
pt
ps
bar
mbar millibar
pa pascal
hpa hektopascal
kpa
kj kilojoule
j joule
kcal kilokalorie kilokalorien
cal kalorie kalorien
db dezibel
ct cent
euro eur euros
dollar usd dollars
chf
prozent
grad
mio million millionen
mrd milliarde milliarden
`

const NAMES: ReadonlyMap<string, string> = new Map(
  UNITS.trim()
    .split('\n')
    .flatMap((line) => {
      const spellings = line.split(' ')
      return spellings.map((spelling) => [spelling, spellings[0] as string] as const)
    }),
)

/** Signs behind a number that are no word of their own. */
const SIGNS: Readonly<Record<string, string>> = { '%': 'prozent', '€': 'euro', $: 'dollar' }

/** One name for every spelling of a unit: Kilogramm, Kilo → kg. undefined for other words. */
export const unitOf = (key: string): string | undefined => NAMES.get(key)

/** The unit of a sign: % → prozent. */
export const unitOfSign = (sign: string): string | undefined => SIGNS[sign]
