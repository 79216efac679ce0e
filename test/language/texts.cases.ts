/** Texts and what language they are told to be in; null where that is not sure. */
export const TEXTS: readonly {
  readonly language: string | null
  readonly comment: string
  readonly text: string
}[] = [
  {
    language: 'de',
    comment: 'sentences',
    text: 'Am Samstag öffnet das Freibad wieder seine Tore. Wer früh kommt, muss an der Kasse nicht lange warten, und für die Kinder gibt es ein Eis, solange der Vorrat reicht.',
  },
  {
    language: 'de',
    comment: 'umlauts written out',
    text: 'Die Stadtwerke haben mitgeteilt, dass fuer die Arbeiten an der Bruecke zwei Wochen noetig sind. Die Fahrgaeste koennen waehrend dieser Zeit ueber die Neustadt fahren.',
  },
  {
    language: 'de',
    comment: 'quotes English at length',
    text: 'Der Minister sagte auf der Tagung: “We have done what we could, and we are going to do more of it in the years to come.” Danach fragte ihn niemand mehr, obwohl viele im Saal nicht einverstanden waren.',
  },
  {
    language: 'de',
    comment: 'short, with code and English remarks',
    text: 'Die Funktion gibt den ersten Eintrag zurück und wird nicht mehr empfohlen.\n\n// get the first item of the list\nfunction first(list) { return list.at(0) }\n// use it with the name of the field',
  },
  {
    language: 'de',
    comment: 'a sentence above names of files',
    text: 'Diese Dokumente sollen dabei helfen, die einzelnen Schritte des Ablaufs leichter zu bewältigen:\n\nArbeitshilfen\n\nAH 01 Überblick Zielgruppen\n\nAH 02 Muster Stellenanzeige\n\nAH 03 Checkliste Jahresplanung\n\nAH 04 Vorlage Protokoll Vorstandssitzung',
  },
  {
    language: 'fr',
    comment: 'a sentence among names',
    text: 'Le champ texte est le plus simple des champs, et il est rendu avec une balise de formulaire.\n\nRendu comme balise input\n\nOptions\n\n- max_length\n\nhéritées\n\n- required\n- label\n- trim\n- read_only\n- disabled\n- error_bubbling\n- error_mapping\n- mapped',
  },
  {
    language: null,
    comment: 'names and headings with a few words of two languages',
    text: 'Lorem ipsum dolor sit amet, consectetur adipisicing elit. El malvado Vader, Quo vadis, in memoriam, alter ego, status quo, per se, ad hoc, a priori, e pluribus unum, la dolce vita, el dorado, de facto, sin nombre',
  },
  {
    language: 'en',
    comment: 'sentences',
    text: 'The public pool opens again on Saturday. If you come early, you will not have to wait for long at the entrance, and there is ice cream for all the children while it lasts.',
  },
  {
    language: 'fr',
    comment: 'sentences with elisions',
    text: "La piscine rouvre ses portes samedi. Ceux qui arrivent tôt n'auront pas à attendre longtemps à l'entrée, et il y a des glaces pour tous les enfants, dans la limite des stocks.",
  },
  {
    language: 'es',
    comment: 'sentences',
    text: 'La piscina abre de nuevo sus puertas el sábado. Quien llegue temprano no tendrá que esperar mucho en la entrada, y hay helados para todos los niños hasta que se acaben.',
  },
  {
    language: 'it',
    comment: 'sentences',
    text: 'La piscina riapre le sue porte sabato. Chi arriva presto non deve aspettare molto alla cassa, e per tutti i bambini c’è un gelato, fino a quando ce ne sono ancora.',
  },
  {
    language: 'nl',
    comment: 'sentences, the nearest relative of German',
    text: 'Het zwembad gaat op zaterdag weer open. Wie vroeg komt, hoeft bij de kassa niet lang te wachten, en voor de kinderen is er een ijsje zolang de voorraad strekt.',
  },
  {
    language: 'pl',
    comment: 'sentences',
    text: 'W sobotę basen znowu otwiera swoje drzwi. Kto przyjdzie wcześnie, nie będzie musiał długo czekać przy kasie, a dla wszystkich dzieci są lody, jak długo jeszcze są.',
  },
  {
    language: 'da',
    comment: 'sentences',
    text: 'På lørdag åbner svømmebadet igen. Hvis du kommer tidligt, skal du ikke vente længe ved indgangen, og der er is til alle børnene, så længe der er noget af den. Efter klokken fem er der ikke mere.',
  },
  {
    language: 'sv',
    comment: 'sentences',
    text: 'På lördag öppnar badet igen. Den som kommer tidigt behöver inte vänta länge vid kassan, och det finns glass till alla barn så länge den räcker. Efter klockan fem är det slut.',
  },
  {
    language: 'pt',
    comment: 'sentences',
    text: 'A piscina abre novamente no sábado. Quem chegar cedo não terá de esperar muito na entrada, e há gelados para todas as crianças até que eles acabem. Depois das cinco já não há mais.',
  },
  {
    language: 'cs',
    comment: 'sentences',
    text: 'V sobotu se koupaliště znovu otevře. Kdo přijde brzy, nebude muset u pokladny dlouho čekat, a pro všechny děti je zmrzlina, dokud ještě nějaká je. Po páté hodině už nic není.',
  },
  {
    language: 'ru',
    comment: 'told by its letters',
    text: 'В субботу бассейн снова открывает свои двери. Кто придёт рано, тому не придётся долго ждать у кассы, и для всех детей есть мороженое.',
  },
  {
    language: 'ja',
    comment: 'a script without blanks',
    text: '市民プールは土曜日に再び開きます。早く来る人は、入口で長く待つ必要はありません。子どもたちにはアイスクリームがあります。',
  },
  { language: null, comment: 'nothing', text: '' },
  { language: null, comment: 'a line', text: 'The pool is open.' },
  {
    language: null,
    comment: 'names, some of them with words of other languages',
    text: 'Los Angeles Lakers, Los Angeles Clippers, Los Angeles Dodgers, Los Angeles Rams, San Diego Padres, Los Angeles Kings, Anaheim Ducks, Los Angeles Galaxy, Los Angeles Angels',
  },
  {
    language: null,
    comment: 'a table of numbers and units',
    text: 'Abt. 1 kg 2 cm 3 mm 4 km 5 kg Abt. 6 cm 7 mm 8 kg 9 km Abt. 10 kg 11 cm 12 mm 13 km 14 kg Abt. 15 cm 16 mm 17 kg 18 km',
  },
]
