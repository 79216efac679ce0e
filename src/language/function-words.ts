/**
 * Function words of the languages that are told apart, in lower case: articles, pronouns, prepositions, conjunctions, auxiliaries, the most frequent adverbs. Words of
 * one letter stand there only where a text of that language has many of them. What several languages have counts for each of them less.
 */
const FUNCTION_WORDS = {
  de: `der die das des dem den ein eine eines einem einen einer kein keine keinen keiner und oder aber denn sondern doch sowie als ob wenn weil
    dass daß da damit während bevor nachdem falls bis seit ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihn ihnen ihre ihrer ihrem ihren
    sein seine seiner seinem seinen mein meine unser unsere man in im an am auf aus bei beim mit nach zu zum zur von vom vor für fuer um durch ohne
    gegen über ueber unter hinter zwischen ins wegen trotz ab außer innerhalb nicht nichts nur auch schon sehr mehr hier dort dann nun jetzt heute immer
    wieder noch bereits etwa dabei dazu dafür daher darum davon danach so wie was wer wo wann warum bin ist sind war waren wird werden wurde wurden worden
    sei wäre habe hat haben hatte hatten hätte kann können koennen konnte könnte muss müssen muessen musste soll sollen sollte will wollen wollte darf
    dürfen mag möchte möchten würde würden diese dieser dieses diesem diesen jede jeder jedes jeden alle allen aller alles viele vielen einige
    welche welcher welches etwas zwei drei ihrem deren dessen jedoch sowohl weder sonst selbst gibt`,
  en: `the a an and or but if because as until while of at by for with about against between into through during before after above below to from up
    down in out on off over under again further then once here there when where why how all any both each few more most other some such no nor not only own
    same so than too very can will just should now i you he she it we they me him her us them my your his its our their this that these those am is are was
    were be been being have has had having do does did doing would could may might must what which who whom whose also many much within without upon
    however although though since yet let get one two every another whether per via don s t re ve ll isn doesn using used`,
  fr: `le la les un une des du de d l et ou mais donc or ni car que qu qui quoi dont où je tu il elle on nous vous ils elles me m te se s ce c cet
    cette ces ça cela mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs à au aux en dans par pour sur sous avec sans entre chez vers depuis
    pendant avant après contre selon ne n pas plus moins très trop bien aussi encore déjà ici là toujours jamais si comme quand lorsque puisque
    est sont être été était étaient sera serait soit suis es ont ai as a avait avaient avoir eu aura fait faire peut peuvent pouvez doit doivent fut tout toute
    tous toutes même mêmes autre autres quelques plusieurs chaque aucun aucune lui eux y j peu ainsi alors cependant afin`,
  es: `el la los las un una unos unas lo al del de y e o u pero sino porque que qué quien quién cual cuál cuando cuándo donde dónde como cómo si yo tú él
    ella nosotros ellos ellas usted ustedes me te se nos le les mi mis tu tus su sus nuestro nuestra nuestros este esta esto estos estas ese esa eso esos esas
    aquel a ante bajo con contra desde en entre hacia hasta para por según sin sobre tras no ni sí más menos muy mucho mucha muchos también tampoco ya
    aún aquí allí siempre nunca es son era eran fue fueron ser sido está están estaba estar hay ha han había haber he hemos tiene tienen tener puede pueden puedes
    debe deben hace hacer todo toda todos todas otro otra otros otras cada algún alguna algunos mismo misma durante mientras entonces así aunque pues cualquier`,
  it: `il lo la i gli le un uno una del dello della dei degli delle dell al allo alla ai agli alle all dal dalla dai dalle dall nel nello nella nei negli
    nelle nell sul sulla sui sulle sull di a da in con su per tra fra e ed o oppure ma però perché che chi cui quale quali quando dove come se io tu
    lui lei noi voi loro mi ti si ci vi ne mio mia suo sua suoi sue nostro nostra questo questa questi queste quello quella quelli quelle c non più
    meno molto molti anche ancora già qui sempre mai è sono era erano essere stato stata stati sia siano ha hanno ho abbiamo aveva avere può possono deve devono fa fare
    tutto tutta tutti tutte altro altra altri altre ogni ognuno alcuni alcune stesso stessa durante mentre quindi così dopo prima senza secondo verso contro
    ove nessun nessuno individuo qualsiasi`,
  pt: `o a os as um uma uns umas do da dos das no na nos nas ao aos à às pelo pela pelos pelas de em por para com sem sob sobre entre até desde contra e ou
    mas porque que quem qual quais quando onde como se eu tu ele ela nós eles elas você vocês me te lhe lhes meu minha seu sua seus suas nosso nossa este esta
    isto estes estas esse essa isso esses essas aquele aquela não nem sim mais menos muito muita muitos também já ainda aqui ali sempre nunca é são era eram foi
    foram ser sido está estão estava estar há tem têm tinha ter pode podem deve devem faz fazer todo toda todos todas outro outra outros outras cada algum
    alguma alguns mesmo mesma durante enquanto então assim embora pois toda qualquer num numa dele dela`,
  nl: `de het een en of maar want dat die dit deze wie wat waar wanneer hoe waarom ik jij je u hij zij ze wij we jullie mij me hem haar ons hun zich
    mijn jouw uw zijn onze in op aan van voor door met naar bij uit over onder tussen tegen tot om na sinds zonder binnen tijdens te ter ten niet geen wel ook nog
    al er hier daar dan nu altijd nooit zeer meer veel weinig als omdat zodat hoewel terwijl toen is ben bent was waren wordt worden werd werden geworden
    heb hebt heeft hebben had hadden kan kunt kunnen kon konden moet moeten moest zal zullen zou zouden wil willen mag mogen alle alles elk elke ieder een
    iets iemand andere ander zelf zo zoals eigen hetzij echter recht heeft wanneer gebruiken`,
  pl: `i w we z ze na do od dla o po przy przez pod nad przed za bez między oraz lub albo ani ale lecz więc że żeby aby by jeśli jeżeli gdy kiedy
    gdzie jak jako który która które którzy których którego której którym co kto czy ja ty on ona ono my wy oni mnie mi ci mu go jej ich im nas was nam wam
    się siebie sobie mój moja swój swoje swoich ten ta to te ci tego tej tym tych temu tą tę nie tak już jeszcze tylko także też bardzo bardziej więcej
    tutaj tam zawsze nigdy jest są był była było były być będzie będą został może mogą można musi należy ma mają mieć każdy każda każde wszystkie wszystko
    wszystkich inny inne innych jednak ponieważ podczas u jego jeden jedna dwa prawo`,
  cs: `a i v ve s se k ke z ze na do od pro o po při přes pod nad před za bez mezi nebo ani ale však proto že aby by když pokud kdy kde jak jako který
    která které kteří kterou kterých kterého co kdo já ty on ona ono my vy oni mě mi mu ho jej jí jich jim nás vás nám vám si sebe sobě můj svůj své svou
    svých ten ta to ti tento tato toto tyto tohoto té tom tím těch ne ano už již ještě jen také též velmi více tady tam vždy nikdy je jsou byl byla bylo
    byli být bude budou může mohou lze musí má mají mít každý každá každé všechny vše všech jiný jiné jiných protože během podle jeho její jejich nikdo právo
    nesmí jsem jste jsme`,
  da: `den det de en et og eller men for at som der hvad hvem hvor hvornår hvordan hvis når fordi da jeg du han hun vi i mig dig ham hende os jer dem
    sig min mit dit sin sit sine vores deres hans hendes denne dette disse på af til fra med om over under mellem mod ved efter før uden gennem ikke
    ingen intet kun også endnu allerede her der dér nu altid aldrig meget mere mange er var være været bliver blev blive blevet har havde have kan kunne skal skulle
    vil ville må måtte bør alle alt andre anden andet enhver ethvert ens hver samme selv så end op ud ned ind noget nogen nogle sådan både dog derfor siden ret sådanne samt hvilket hvilke`,
  no: `den det de en et ei og eller men for at som hva hvem hvor når hvordan hvis fordi da jeg du han hun vi dere meg deg ham henne oss dem seg min mitt
    din ditt sin sitt sine vår våre vårt deres hans hennes denne dette disse på av til fra med om over under mellom mot ved etter før uten gjennom ikke
    ingen bare også ennå allerede her der nå alltid aldri mye mer mange er var være vært blir ble bli blitt har hadde ha kan kunne skal skulle vil ville må måtte
    bør alle alt andre annen annet enhver hver samme selv så enn opp ut ned inn noe noen slik både derfor siden ret sådanne samt hvilket hvilket hvert i`,
  sv: `den det de en ett och eller men för att som vad vem vilka vilken vilket var när hur om därför jag du han hon vi ni mig dig honom henne oss er dem
    dom sig min mitt din ditt sin sitt sina vår vårt våra deras hans hennes denna detta dessa i på av till från med över under mellan mot vid efter före
    utan genom hos inom inte ej ingen inget bara endast också även ännu redan här där nu alltid aldrig mycket mer många är var vara varit blir blev bli blivit
    har hade ha kan kunde ska skall skulle vill ville må måste bör alla allt andra annan annat var varje samma själv så än upp ut ned in något någon några
    sådan både dock sedan rätt ur eftersom`,
  fi: `ja tai mutta sekä eli että jos kun koska vaikka kuin niin myös ei eivät en et emme ole olla on ovat oli olivat ollut olisi minä sinä hän me te he
    se ne tämä tuo nämä nuo tämän sen sitä siitä siinä siihen niitä niiden niitten hänen heidän joka jotka jonka jota joita josta jossa johon mikä mitä kuka
    kaikki kaikkien kaikilla jokainen jokaisella joku jotain muu muut muita muiden oma omaa itse vain vielä jo nyt sitten aina siellä täällä tässä hyvin enemmän
    paljon kanssa ilman ennen jälkeen mukaan kautta varten välillä voi voivat voidaan pitää tulee saa ketään mitään tai oikeus`,
  tr: `ve veya ya da de ile için ama fakat ancak çünkü eğer ki ne kim nasıl neden bu şu o bunlar onlar ben sen biz siz bana sana ona bize size onun
    onların benim bizim bir her hiç bazı bütün tüm herkes hiçbir şey gibi kadar göre karşı sonra önce daha en çok az değil var yok olan olarak oldu olduğu
    olduğunu olur olmak olması olsa ise idi edilir eden etmek ettiği bile sadece şimdi burada orada yine hem mi mı mu kendi kimse haiz hakkı tarafından üzere
    üzerinde içinde bunu şekilde şöyle böyle aynı birden fazla tek diğer sizin örneğin birlikte yani kullanarak eder buna bunun bunları arasında`,
  ro: `și sau dar ci că să dacă când unde cum ce care cine eu tu el ea noi voi ei ele mă te se ne vă îl îi le lui lor meu mea său sa săi sale nostru
    acest această acestei acestui acești aceste acel un o unui unei cel cea cei cele al ai ale a la în din de pe cu fără pentru prin spre între sub peste după
    înainte până nu mai foarte mult multe tot toate toată toți orice oricare fiecare alt alte altă este sunt era erau fi fost fie am are au avea poate pot
    trebuie face doar numai și astfel deci însă nici asupra privire drept dreptul`,
  hu: `a az egy és vagy de hogy ha mert mint amely amelyek amelyet aki akik ami ez ezt ezek azt azok én te ő mi ti ők nem ne is már még csak
    sem van vannak volt voltak lesz lehet kell minden mindenki mindenkinek senki más saját meg el ki be fel le után előtt között alatt szerint által
    nélkül során valamint illetve amikor ahol hogyan itt ott most nagyon több sok joga jog ezen ennek annak való vele`,
} as const satisfies Readonly<Record<string, string>>

/** A language that is told by its function words, by its two letters. */
export type FunctionWordLanguage = keyof typeof FUNCTION_WORDS

export const LANGUAGES = Object.keys(FUNCTION_WORDS) as readonly FunctionWordLanguage[]

/** By word the languages that have it, as places in `LANGUAGES`. */
export const LANGUAGES_OF_WORD: ReadonlyMap<string, readonly number[]> = table()

function table(): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [place, language] of LANGUAGES.entries()) {
    for (const word of new Set(FUNCTION_WORDS[language].split(/\s+/))) {
      const known = places.get(word)
      if (known === undefined) places.set(word, [place])
      else known.push(place)
    }
  }
  return places
}
