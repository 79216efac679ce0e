/**
 * Plurals that are no ending on their singular, and names of their own for the same thing: form, then what it is a form of. Also
 * found at the end of compounds (Landesmuseen). Nouns in -ismus need no line, nor those in -ium that the lexicon knows.
 */
const NOUNS = `
museen museum
lyzeen lyzeum
jubiläen jubiläum
themen thema
themata thema
schemata schema
kommata komma
dogmen dogma
dramen drama
firmen firma
villen villa
ligen liga
skalen skala
arenen arena
veranden veranda
agenden agenda
madonnen madonna
auren aura
pizzen pizza
prismen prisma
traumata trauma
traumen trauma
stigmata stigma
stigmen stigma
konten konto
risiken risiko
saldi saldo
salden saldo
tempi tempo
celli cello
fresken fresko
szenarien szenario
szenarii szenario
zentren zentrum
spektren spektrum
individuen individuum
alben album
foren forum
visa visum
praktika praktikum
antibiotika antibiotikum
narkotika narkotikum
charakteristika charakteristikum
spezifika spezifikum
minima minimum
maxima maximum
optima optimum
quoren quorum
referenda referendum
referenden referendum
memoranden memorandum
memoranda memorandum
ultimaten ultimatum
viren virus
rhythmen rhythmus
zyklen zyklus
globen globus
boni bonus
termini terminus
stimuli stimulus
papyri papyrus
volumina volumen
kakteen kaktus
genera genus
tempora tempus
korpora korpus
modi modus
stadien stadion
lexika lexikon
lexiken lexikon
pharmaka pharmakon
mythen mythos
epen epos
praxen praxis
krisen krise
atlanten atlas
indizes index
indices index
kodizes kodex
codices kodex
matrizen matrix
matrices matrix
appendizes appendix
examina examen
nomina nomen
pronomina pronomen
prinzipien prinzip
materialien material
mineralien mineral
fossilien fossil
reptilien reptil
textilien textil
indizien indiz
privilegien privileg
adverbien adverb
partizipien partizip
kapitalien kapital
bauten bau
bakterium bakterie
säle saal
sälen saal
öle öl
ölen öl
öls öl
eier ei
eiern ei
kaufleute kaufmann
kaufleuten kaufmann
fachleute fachmann
fachleuten fachmann
seeleute seemann
bergleute bergmann
zimmerleute zimmermann
hauptleute hauptmann
feuerwehrleute feuerwehrmann
obleute obmann
ersatzleute ersatzmann
lkws lkw
pkws pkw
cds cd
dvds dvd
pdfs pdf
urls url
gmbhs gmbh
jänner januar
feber februar
mio million
mrd milliarde
nr nummer
`

/** Forms of comparison, and a stem that changes with the ending. */
const ADJECTIVES = `
besser gut
bessere gut
besserem gut
besseren gut
besserer gut
besseres gut
beste gut
bestem gut
besten gut
bester gut
bestes gut
hohe hoch
hohem hoch
hohen hoch
hoher hoch
hohes hoch
höher hoch
höhere hoch
höherem hoch
höheren hoch
höherer hoch
höheres hoch
nächste nah
nächstem nah
nächsten nah
nächster nah
nächstes nah
größte groß
größtem groß
größten groß
größter groß
größtes groß
`

/** By form, in keys (ss for ß). */
function byForm(lines: string): ReadonlyMap<string, string> {
  const rows = lines.replaceAll('ß', 'ss').trim().split('\n')
  return new Map(rows.map((line) => line.split(' ') as [string, string]))
}

export const IRREGULAR_NOUNS = byForm(NOUNS)
export const IRREGULAR_ADJECTIVES = byForm(ADJECTIVES)
