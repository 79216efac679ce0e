/**
 * Strong and mixed verbs: infinitive, stem of the second and third person, past, participle, in this order. Regular forms are
 * told by rule (verbs.ts); prefixes are added there.
 */
export const STRONG_VERBS = `
backen back buk gebacken
befehlen befiehl befahl befohlen
beginnen beginn begann begonnen
beißen beiß biss gebissen
bergen birg barg geborgen
bersten birst barst geborsten
bewegen beweg bewog bewogen
biegen bieg bog gebogen
bieten biet bot geboten
binden bind band gebunden
bitten bitt bat gebeten
blasen bläs blies geblasen
bleiben bleib blieb geblieben
bleichen bleich blich geblichen
braten brät briet gebraten
brechen brich brach gebrochen
brennen brenn brannte gebrannt
bringen bring brachte gebracht
denken denk dachte gedacht
dreschen drisch drosch gedroschen
dringen dring drang gedrungen
dürfen darf durfte gedurft
empfehlen empfiehl empfahl empfohlen
erlöschen erlisch erlosch erloschen
erschrecken erschrick erschrak erschrocken
essen iss aß gegessen
fahren fähr fuhr gefahren
fallen fäll fiel gefallen
fangen fäng fing gefangen
fechten ficht focht gefochten
finden find fand gefunden
flechten flicht flocht geflochten
fliegen flieg flog geflogen
fliehen flieh floh geflohen
fließen fließ floss geflossen
fressen friss fraß gefressen
frieren frier fror gefroren
gären gär gor gegoren
gebären gebier gebar geboren
geben gib gab gegeben
gedeihen gedeih gedieh gediehen
gehen geh ging gegangen
gelingen geling gelang gelungen
gelten gilt galt gegolten
genesen genes genas genesen
genießen genieß genoss genossen
geschehen geschieh geschah geschehen
gewinnen gewinn gewann gewonnen
gießen gieß goss gegossen
gleichen gleich glich geglichen
gleiten gleit glitt geglitten
glimmen glimm glomm geglommen
graben gräb grub gegraben
greifen greif griff gegriffen
haben hab hatte gehabt
halten hält hielt gehalten
hängen häng hing gehangen
hauen hau hieb gehauen
heben heb hob gehoben
heißen heiß hieß geheißen
helfen hilf half geholfen
kennen kenn kannte gekannt
klimmen klimm klomm geklommen
klingen kling klang geklungen
kneifen kneif kniff gekniffen
kommen komm kam gekommen
können kann konnte gekonnt
kriechen kriech kroch gekrochen
laden läd lud geladen
lassen läss ließ gelassen
laufen läuf lief gelaufen
leiden leid litt gelitten
leihen leih lieh geliehen
lesen lies las gelesen
liegen lieg lag gelegen
lügen lüg log gelogen
mahlen mahl mahlte gemahlen
meiden meid mied gemieden
melken melk molk gemolken
messen miss maß gemessen
misslingen missling misslang misslungen
mögen mag mochte gemocht
müssen muss musste gemusst
nehmen nimm nahm genommen
nennen nenn nannte genannt
pfeifen pfeif pfiff gepfiffen
preisen preis pries gepriesen
quellen quill quoll gequollen
raten rät riet geraten
reiben reib rieb gerieben
reißen reiß riss gerissen
reiten reit ritt geritten
rennen renn rannte gerannt
riechen riech roch gerochen
ringen ring rang gerungen
rinnen rinn rann geronnen
rufen ruf rief gerufen
salzen salz salzte gesalzen
saufen säuf soff gesoffen
saugen saug sog gesogen
schaffen schaff schuf geschaffen
scheiden scheid schied geschieden
scheinen schein schien geschienen
scheißen scheiß schiss geschissen
schelten schilt schalt gescholten
scheren scher schor geschoren
schieben schieb schob geschoben
schießen schieß schoss geschossen
schinden schind schund geschunden
schlafen schläf schlief geschlafen
schlagen schläg schlug geschlagen
schleichen schleich schlich geschlichen
schleifen schleif schliff geschliffen
schließen schließ schloss geschlossen
schlingen schling schlang geschlungen
schmeißen schmeiß schmiss geschmissen
schmelzen schmilz schmolz geschmolzen
schneiden schneid schnitt geschnitten
schreiben schreib schrieb geschrieben
schreien schrei schrie geschrien
schreiten schreit schritt geschritten
schweigen schweig schwieg geschwiegen
schwellen schwill schwoll geschwollen
schwimmen schwimm schwamm geschwommen
schwinden schwind schwand geschwunden
schwingen schwing schwang geschwungen
schwören schwör schwor geschworen
sehen sieh sah gesehen
senden send sandte gesandt
singen sing sang gesungen
sinken sink sank gesunken
sinnen sinn sann gesonnen
sitzen sitz saß gesessen
speien spei spie gespien
spinnen spinn spann gesponnen
sprechen sprich sprach gesprochen
sprießen sprieß spross gesprossen
springen spring sprang gesprungen
stechen stich stach gestochen
stecken steck stak gesteckt
stehen steh stand gestanden
stehlen stiehl stahl gestohlen
steigen steig stieg gestiegen
sterben stirb starb gestorben
stinken stink stank gestunken
stoßen stöß stieß gestoßen
streichen streich strich gestrichen
streiten streit stritt gestritten
tragen träg trug getragen
treffen triff traf getroffen
treiben treib trieb getrieben
treten tritt trat getreten
trinken trink trank getrunken
trügen trüg trog getrogen
tun tu tat getan
verderben verdirb verdarb verdorben
verdrießen verdrieß verdross verdrossen
vergessen vergiss vergaß vergessen
verlieren verlier verlor verloren
wachsen wächs wuchs gewachsen
waschen wäsch wusch gewaschen
weben web wob gewoben
weichen weich wich gewichen
weisen weis wies gewiesen
wenden wend wandte gewandt
werben wirb warb geworben
werden wird wurde geworden
werfen wirf warf geworfen
wiegen wieg wog gewogen
wägen wäg wog gewogen
winden wind wand gewunden
wissen weiß wusste gewusst
wollen will wollte gewollt
wringen wring wrang gewrungen
verzeihen verzeih verzieh verziehen
ziehen zieh zog gezogen
zwingen zwing zwang gezwungen
`

/** Second subjunctives in use whose vowel the past does not tell. */
export const SUBJUNCTIVES = `
befehlen beföhl
beginnen begönn
empfehlen empföhl
gewinnen gewönn
heben hüb
helfen hülf
schwimmen schwömm
schwören schwür
stehen stünd
sterben stürb
verderben verdürb
werben würb
werfen würf
`

/**
 * Verbs of the list that hardly anybody uses, spelt like the past or the participle of one that everybody does: lasen is of lesen.
 * (The others are verbs first: spannen, schalten, gelangen, gefallen.)
 */
export const RARE_TWINS: ReadonlySet<string> = new Set(
  `brachen flossen geborgen gelegen geschaffen geschienen gewachsen kniffen lasen massen schienen schlichen schliefen schoren schufen
  staken wogen`.split(/\s+/),
)
