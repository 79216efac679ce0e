// German nouns for made texts: singular, gender, plural, and the form that begins a compound. Written for the project.

/** Those whose forms follow no rule below. */
const IRREGULAR = `Haus n Häuser Haus,Stadt f Städte Stadt,Kind n Kinder Kinder,Land n Länder Landes,Wald m Wälder Wald,Garten m Gärten Garten,
Bauer m Bauern Bauern,Markt m Märkte Markt,Kosten p Kosten Kosten,Amt n Ämter Amts,Rat m Räte Rats,Kunst f Künste Kunst,Museum n Museen Museums,
Buch n Bücher Buch,Arzt m Ärzte Arzt,Bau m Bauten Bau,Strom m Ströme Strom,Fluss m Flüsse Fluss,Hafen m Häfen Hafen,Flug m Flüge Flug,Tal n Täler Tal,
Vogel m Vögel Vogel,Baum m Bäume Baum,Frucht f Früchte Frucht,Mann m Männer Männer,Brand m Brände Brand,Bild n Bilder Bild,Daten p Daten Daten,
Zahl f Zahlen Zahlen,Wort n Wörter Wort,Vater m Väter Vater,Mutter f Mütter Mutter,Bruder m Brüder Bruder,Tochter f Töchter Tochter,Sohn m Söhne Sohn,
Hand f Hände Hand,Fuß m Füße Fuß,Kopf m Köpfe Kopf,Zahn m Zähne Zahn,Haut f Häute Haut,Nacht f Nächte Nacht,Kraft f Kräfte Kraft,Luft f Lüfte Luft,
Wand f Wände Wand,Dach n Dächer Dach,Glas n Gläser Glas,Rad n Räder Rad,Schloss n Schlösser Schloss,Dorf n Dörfer Dorf,Feld n Felder Feld,
Blatt n Blätter Blatt,Kleid n Kleider Kleider,Lied n Lieder Lieder,Ei n Eier Eier,Huhn n Hühner Hühner,Rind n Rinder Rinder,Kuh f Kühe Kuh,
Gans f Gänse Gänse,Maus f Mäuse Mäuse,Wolf m Wölfe Wolfs,Fuchs m Füchse Fuchs,Apfel m Äpfel Apfel,Nagel m Nägel Nagel,Ofen m Öfen Ofen,
Gesetz n Gesetze Gesetzes,Jahr n Jahre Jahres,Bund m Bünde Bundes,Krieg m Kriege Kriegs,Verein m Vereine Vereins,Vertrag m Verträge Vertrags,
Betrieb m Betriebe Betriebs,Recht n Rechte Rechts,Gericht n Gerichte Gerichts,Verkehr m Verkehre Verkehrs,Schiff n Schiffe Schiffs,
Arbeit f Arbeiten Arbeits,Leben n Leben Lebens,Wissen n Wissen Wissens,Unternehmen n Unternehmen Unternehmens,Schule f Schulen Schul`

/** By gender those that form their plural and their compounds by rule. */
const REGULAR = {
  f: `Zeit Straße Bahn Brücke Steuer Wahl Partei Kirche Familie Frau Zeitung Forschung Universität Krankheit Pflege Versicherung Miete Wohnung Energie
Wärme Pumpe Anlage Ware Fahrt Pflanze Ernte Küche Mannschaft Polizei Sprache Musik Sonne Wolke Welle Quelle Wiese Insel Küste Grenze Gemeinde Behörde
Regierung Verwaltung Verfassung Ordnung Rechnung Zahlung Prüfung Bildung Erziehung Ausbildung Erfahrung Entwicklung Veränderung Verbindung Leitung Meldung
Sitzung Abstimmung Mehrheit Minderheit Freiheit Sicherheit Gesundheit Wahrheit Einheit Schönheit Tätigkeit Möglichkeit Öffentlichkeit Geschwindigkeit
Wirtschaft Gesellschaft Landschaft Wissenschaft Gewerkschaft Nachbarschaft Botschaft Landwirtschaft Station Nation Region Religion Revolution Produktion
Information Organisation Operation Tradition Funktion Realität Qualität Identität Fabrik Klinik Politik Technik Kritik Grammatik Physik Chemie Medizin
Maschine Lampe Flasche Tasche Jacke Hose Brille Uhr Tür Treppe Mauer Säule Halle Bühne Rolle Szene Farbe Form Linie Fläche Seite Karte Liste Tabelle
Zeile Frage Antwort Idee Theorie Methode Lösung Aufgabe Übung Stunde Minute Woche Epoche Reise Tour Route Strecke Spur Schiene Weiche Ampel Kreuzung
Kurve Batterie Leitstelle Feuerwehr Lawine Flut Dürre Hitze Kälte Seuche Grippe Impfung Spritze Tablette Diät Suppe Soße Wurst Butter Milch Sahne Kartoffel
Tomate Zwiebel Gurke Birne Kirsche Traube Nuss Rose Tulpe Eiche Buche Tanne Fichte Linde Katze Ziege Biene Ameise Spinne Schlange Ente Amsel Meise`,
  m: `Preis Frieden Film Handel Berg Sport Tod Dienst Schutz Rechner Name Tag Abend Morgen Monat Sommer Winter Herbst Frühling Regen Schnee Wind Sturm Nebel
Himmel Stern Mond See Bach Teich Strand Hügel Gipfel Stein Sand Lehm Boden Acker Weg Pfad Tunnel Bahnhof Zug Bus Wagen Motor Reifen Tank Kran Bagger
Hammer Meister Lehrer Schüler Student Professor Richter Anwalt Zeuge Täter Dieb Kommissar Minister Kanzler Präsident Bürger Wähler Nachbar Gast Wirt Koch
Bäcker Metzger Schneider Maler Dichter Sänger Spieler Trainer Läufer Reiter Fahrer Pilot Kapitän Matrose Fischer Jäger Förster Gärtner Händler Käufer Kunde
Chef Arbeiter Lohn Gewinn Verlust Kredit Zins Betrag Beitrag Antrag Auftrag Vorschlag Beschluss Bericht Artikel Brief Text Satz Buchstabe Roman Vers Titel
Kanal Sender Apparat Computer Drucker Schalter Knopf Draht Zaun Balken Keller Stuhl Tisch Schrank Teppich Spiegel Teller Becher Löffel Käse Honig Zucker
Kaffee Wein Saft Reis Weizen Hafer Roggen Kohl Salat Pilz Ahorn Hund Hirsch Igel Dachs Luchs Storch Adler Specht Hecht Karpfen Lachs Käfer Falter`,
  n: `Wasser Tier Brot Spiel Netz Gebirge Meer Ufer Moor Gras Holz Metall Eisen Kupfer Gold Silber Öl Gas Feuer Licht Gewitter Wetter Klima Erdbeben Hochwasser
Jahrhundert Datum Alter Ende Ereignis Ergebnis Verhältnis Zeugnis Gefängnis Geheimnis Gebäude Zimmer Fenster Bett Sofa Regal Werkzeug Fahrzeug Flugzeug Auto
Boot Fahrrad Pferd Schaf Schwein Reh Wildschwein Insekt Gemüse Obst Fleisch Mehl Salz Gewürz Rezept Restaurant Hotel Theater Konzert Orchester Instrument
Klavier Gemälde Denkmal Archiv Dokument Papier Heft Magazin Radio Telefon Internet Programm System Modell Muster Experiment Labor Institut Projekt Ziel
Problem Thema Beispiel Argument Urteil Verbot Gebot Parlament Ministerium Büro Geschäft Geld Konto Vermögen Einkommen Angebot Produkt Material Gewicht Maß
Meter Grad Prozent Drittel Team Training Stadion Turnier Tor Rennen Medikament Herz Blut Gehirn Auge Ohr Knie Bein Gesicht Haar Fieber Virus`,
}

const irregular = IRREGULAR.split(/,\s*/).map((row) => {
  const [singular, gender, plural, first] = row.split(' ')
  return { singular, gender, plural, first }
})

function regular(singular, gender) {
  if (gender === 'f') {
    const plural = /e$/.test(singular) ? `${singular}n` : /(?:er|el)$/.test(singular) ? `${singular}n` : `${singular}en`
    const first = /(?:ung|heit|keit|schaft|ion|tät)$/.test(singular)
      ? `${singular}s`
      : /e$/.test(singular)
        ? plural
        : singular
    return { singular, gender, plural, first }
  }
  const doubled = /nis$/.test(singular) ? `${singular}se` : `${singular}e`
  const plural = /(?:e|er|el|en)$/.test(singular) ? singular : /[aiou]$|eam$/.test(singular) ? `${singular}s` : doubled
  return { singular, gender, plural, first: singular }
}

export const nouns = [
  ...irregular,
  ...Object.entries(REGULAR).flatMap(([gender, words]) => words.split(/\s+/).map((word) => regular(word, gender))),
]
