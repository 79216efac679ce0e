/**
 * Every error Fundstelle tells anyone about: one table of code, HTTP status and words in German and English.
 *
 * A message names what was got and what was expected, in words a site owner understands. `{name}` is replaced by the
 * parameter of that name. Texts of a 500 stay general on purpose: the cause is for the log, not for the caller.
 */

export type Language = 'de' | 'en'

/** A text in every language. */
export type Localized = Readonly<Record<Language, string>>

interface ErrorText {
  /** The HTTP status it becomes, should it reach a client. */
  readonly status: number
  readonly title: Localized
  readonly detail: Localized
}

const TABLE = {
  bad_parameters: {
    status: 400,
    title: { de: 'Ungültige Parameter', en: 'Invalid parameters' },
    detail: {
      de: 'Die Anfrage hat ungültige Werte: {names}.',
      en: 'The request has invalid values: {names}.',
    },
  },
  bad_value: {
    status: 400,
    title: { de: 'Ungültiger Wert', en: 'Invalid value' },
    detail: {
      de: '„{name}“: hier steht „{got}“, erwartet wird {expected}.',
      en: '“{name}”: got “{got}”, expected {expected}.',
    },
  },
  filter_wrong: {
    status: 400,
    title: { de: 'Fehler im Filter', en: 'Mistake in the filter' },
    detail: {
      de: 'Filter, Zeichen {column}: hier steht {got}, erwartet wird {expected}.',
      en: 'Filter, character {column}: got {got}, expected {expected}.',
    },
  },
  filter_deep: {
    status: 400,
    title: { de: 'Filter zu verschachtelt', en: 'Filter too deep' },
    detail: {
      de: 'Der Filter hat mehr als {max} Klammern oder NOT ineinander.',
      en: 'The filter has more than {max} parentheses or NOTs within each other.',
    },
  },
  filter_long: {
    status: 400,
    title: { de: 'Filter zu lang', en: 'Filter too long' },
    detail: {
      de: 'Der Filter hat mehr als {max} Bedingungen; viele Werte eines Feldes fasst „IN [a, b, …]“ in einer zusammen.',
      en: 'The filter has more than {max} conditions; many values of one field are one condition with “IN [a, b, …]”.',
    },
  },
  request_costly: {
    status: 400,
    title: { de: 'Anfrage zu aufwendig', en: 'Request too costly' },
    detail: {
      de: 'Mehr Arbeit, als eine Anfrage machen darf: {what}. Mit weniger oder kürzeren Bedingungen geht es.',
      en: 'More work than one request may cause: {what}. Fewer or shorter conditions will do.',
    },
  },
  engine_unavailable: {
    status: 503,
    title: { de: 'Index antwortet nicht', en: 'Index does not answer' },
    detail: {
      de: 'Der Index hat nicht geantwortet: {why}. Bitte später noch einmal versuchen.',
      en: 'The index has not answered: {why}. Please try again later.',
    },
  },
  copy_differs: {
    status: 500,
    title: { de: 'Kopie weicht ab', en: 'Copy differs' },
    detail: {
      de: 'Die Artikel im Cache-Ordner ({here}) und im Cluster ({there}) sind nicht dieselben. Es wurde nichts umgestellt; noch einmal versuchen.',
      en: 'The articles in the cache folder ({here}) and in the cluster ({there}) are not the same. Nothing was switched; try again.',
    },
  },
  copy_in_use: {
    status: 409,
    title: { de: 'Cache-Ordner in Gebrauch', en: 'Cache folder in use' },
    detail: {
      de: 'Der Cache-Ordner hat eigene Artikel, die der Cluster nicht hat. Bitte einen leeren Ordner nehmen (--cache).',
      en: 'The cache folder has articles of its own that the cluster does not have. Please take an empty folder (--cache).',
    },
  },
  not_on_cluster: {
    status: 501,
    title: { de: 'Geht auf einem Cluster noch nicht', en: 'Not on a cluster yet' },
    detail: {
      de: 'Dieser Server sucht in einem OpenSearch-Cluster. Das gibt es dort noch nicht.',
      en: 'This server searches an OpenSearch cluster. This is not there yet on one.',
    },
  },
  index_of_folder: {
    status: 409,
    title: { de: 'Index aus einem Cache-Ordner', en: 'Index of a cache folder' },
    detail: {
      de: 'Den Index „{index}“ im Cluster schreibt „fundstelle index“ aus einem Cache-Ordner. Dokumente über HTTP schreibt man in einen anderen, oder löscht diesen vorher.',
      en: 'The index “{index}” in the cluster is written by “fundstelle index” from a cache folder. Documents that come over HTTP go to another one, or this one is deleted before.',
    },
  },
  index_of_tasks: {
    status: 409,
    title: { de: 'Index aus Dokumenten über HTTP', en: 'Index of documents over HTTP' },
    detail: {
      de: 'Der Index „{index}“ im Cluster wird über HTTP geschrieben; Dateien kommen nicht dazu. Bitte einen anderen Namen nehmen (--index), oder ihn vorher löschen (DELETE /indexes/{index}).',
      en: 'The index “{index}” in the cluster is written over HTTP; no files go there. Please take another name (--index), or delete it before (DELETE /indexes/{index}).',
    },
  },
  document_large: {
    status: 400,
    title: { de: 'Dokument zu groß', en: 'Document too large' },
    detail: {
      de: 'Das Dokument „{id}“ hätte mit allem, was von ihm gesucht wird, {got} Zeichen; in einem Cluster sind höchstens {max} möglich.',
      en: 'With all of it that is searched the document “{id}” would have {got} characters; on a cluster at most {max} are possible.',
    },
  },
  overloaded: {
    status: 503,
    title: { de: 'Zu viele Suchen auf einmal', en: 'Too many searches at once' },
    detail: {
      de: 'Es warten schon so viele Suchen, wie zumutbar ist. Bitte gleich noch einmal versuchen.',
      en: 'As many searches are waiting as can be asked of them. Please try again shortly.',
    },
  },
  answer_large: {
    status: 400,
    title: { de: 'Antwort zu groß', en: 'Answer too large' },
    detail: {
      de: 'Die Texte der Treffer haben zusammen mehr als {max} Zeichen: weniger Treffer verlangen (limit), oder ohne „text“ (attributesToRetrieve).',
      en: 'The texts of the hits have more than {max} characters together: ask for fewer hits (limit), or without “text” (attributesToRetrieve).',
    },
  },
  body_wrong: {
    status: 400,
    title: { de: 'Kein gültiges JSON', en: 'No valid JSON' },
    detail: {
      de: 'Der Inhalt der Anfrage: hier steht {got}, erwartet wird {expected}.',
      en: 'The body of the request: got {got}, expected {expected}.',
    },
  },
  body_large: {
    status: 413,
    title: { de: 'Anfrage zu groß', en: 'Request too large' },
    detail: {
      de: 'Der Inhalt der Anfrage hat mehr als {max} Bytes.',
      en: 'The body of the request has more than {max} bytes.',
    },
  },
  not_found: {
    status: 404,
    title: { de: 'Nicht gefunden', en: 'Not found' },
    detail: { de: 'Unter {path} gibt es nichts.', en: 'There is nothing at {path}.' },
  },
  article_not_found: {
    status: 404,
    title: { de: 'Artikel nicht gefunden', en: 'Article not found' },
    detail: { de: 'Einen Artikel „{id}“ gibt es nicht.', en: 'There is no article with the id “{id}”.' },
  },
  index_unknown: {
    status: 404,
    title: { de: 'Index nicht gefunden', en: 'Index not found' },
    detail: { de: 'Einen Index „{index}“ gibt es nicht.', en: 'There is no index “{index}”.' },
  },
  not_ready: {
    status: 503,
    title: { de: 'Noch nicht bereit', en: 'Not ready yet' },
    detail: {
      de: 'Der Index wird noch geladen oder neu gebaut. Bitte gleich noch einmal versuchen.',
      en: 'The index is still being loaded or rebuilt. Please try again shortly.',
    },
  },
  internal: {
    status: 500,
    title: { de: 'Interner Fehler', en: 'Internal error' },
    detail: {
      de: 'Bei uns ist etwas schiefgegangen. Der Fehler steht im Protokoll des Servers.',
      en: 'Something went wrong on our side. The error is in the server’s log.',
    },
  },
  usage: {
    status: 400,
    title: { de: 'Falscher Aufruf', en: 'Wrong usage' },
    detail: { de: '{problem}', en: '{problem}' },
  },
  unknown_command: {
    status: 400,
    title: { de: 'Unbekannter Befehl', en: 'Unknown command' },
    detail: {
      de: 'Den Befehl „{got}“ gibt es nicht. Es gibt: {expected}.',
      en: 'There is no command “{got}”. There are: {expected}.',
    },
  },
  unknown_option: {
    status: 400,
    title: { de: 'Unbekannte Option', en: 'Unknown option' },
    detail: {
      de: 'Die Option „{got}“ gibt es bei „{command}“ nicht. Es gibt: {expected}.',
      en: '“{command}” has no option “{got}”. There are: {expected}.',
    },
  },
  missing_value: {
    status: 400,
    title: { de: 'Wert fehlt', en: 'Value missing' },
    detail: { de: 'Nach „{name}“ fehlt ein Wert.', en: '“{name}” needs a value.' },
  },
  missing_argument: {
    status: 400,
    title: { de: 'Angabe fehlt', en: 'Argument missing' },
    detail: { de: '„{command}“ braucht noch: {expected}', en: '“{command}” also needs: {expected}' },
  },
  rules_unreadable: {
    status: 500,
    title: { de: 'Regeln nicht lesbar', en: 'Rules not readable' },
    detail: {
      de: 'Die Regeldatei {path} konnte nicht gelesen werden ({reason}).',
      en: 'The rules {path} could not be read ({reason}).',
    },
  },
  rules_encoding: {
    status: 400,
    title: { de: 'Regeln in anderer Kodierung', en: 'Rules in another encoding' },
    detail: {
      de: 'Die Regeldatei {path} ist in {got} gespeichert, erwartet wird UTF-8. Im Editor: „Speichern unter“, Kodierung UTF-8.',
      en: 'The rules {path} are saved in {got}, expected UTF-8. In the editor: “Save as”, encoding UTF-8.',
    },
  },
  rules_wrong: {
    status: 400,
    title: { de: 'Fehler in den Regeln', en: 'Mistakes in the rules' },
    detail: { de: 'In der Regeldatei {path}: {lines}.', en: 'In the rules {path}: {lines}.' },
  },
  path_not_found: {
    status: 404,
    title: { de: 'Pfad nicht gefunden', en: 'Path not found' },
    detail: {
      de: '„{path}“ gibt es nicht. Erwartet wird ein Ordner oder eine Datei mit Artikeln.',
      en: '“{path}” does not exist. Expected a folder or a file of articles.',
    },
  },
  sources_outdated: {
    status: 500,
    title: { de: 'Von einer anderen Fassung gelesen', en: 'Read by another version' },
    detail: {
      de: 'Von {count} Dateien, die diesmal nicht dabei waren, stehen die Artikel noch so im Index, wie eine andere Fassung von Fundstelle sie gelesen hat, etwa {path}. Entwürfe darunter bleiben darin, bis diese Dateien wieder eingelesen werden: fundstelle index PFAD',
      en: 'The articles of {count} files that were not among these are in the index as another version of Fundstelle read them, such as {path}. Drafts among them stay there until these files are read again: fundstelle index PATH',
    },
  },
  cache_outdated: {
    status: 500,
    title: { de: 'Von einer anderen Fassung gelesen', en: 'Read by another version' },
    detail: {
      de: 'Die Artikel aus {count} Dateien stehen noch so im Index, wie eine andere Fassung von Fundstelle sie gelesen hat, etwa {path}. Unveröffentlichte darunter können gefunden werden, bis diese Dateien wieder eingelesen werden: fundstelle index PFAD',
      en: 'The articles of {count} files are in the index as another version of Fundstelle read them, such as {path}. Unpublished ones among them may be found until these files are read again: fundstelle index PATH',
    },
  },
  path_vanished: {
    status: 404,
    title: { de: 'Pfad verschwunden', en: 'Path vanished' },
    detail: {
      de: '„{path}“ gibt es nicht mehr; die Artikel daraus bleiben im Index. Ist ein Laufwerk nicht eingehängt? Sollen sie wirklich weg: fundstelle remove {path}',
      en: '“{path}” no longer exists; its articles stay in the index. Is a drive not mounted? Should they really go: fundstelle remove {path}',
    },
  },
  articles_without_address: {
    status: 400,
    title: { de: 'Artikel ohne Adresse', en: 'Articles without an address' },
    detail: {
      de: 'Ohne Adresse: {count} Artikel, etwa in {example}. --base macht nur daraus eine, was eine Datei selbst sagt oder wo eine HTML-Seite liegt; Treffer führen sonst zum Artikel auf der eigenen Seite von Fundstelle. Abhilfe: url (permalink) in den Kopf schreiben, oder die fertigen HTML-Seiten einlesen.',
      en: 'Without an address: {count} articles, such as in {example}. --base makes one only of what a file says itself, or of the place of an HTML page; other hits lead to the article on Fundstelle’s own page. Remedy: put url (permalink) in the front matter, or index the finished HTML pages.',
    },
  },
  path_emptied: {
    status: 404,
    title: { de: 'Ordner leer', en: 'Folder empty' },
    detail: {
      de: 'Achtung: In „{path}“ ist kein Artikel mehr; was daraus im Index war ({removed}), ist entfernt. Ist ein Laufwerk nicht eingehängt? Sind die Dateien wieder da, nimmt sie das nächste Einlesen wieder auf.',
      en: 'Warning: there is no article left in “{path}”; what the index had of it ({removed}) is removed. Is a drive not mounted? When the files are back, indexing them again takes them in again.',
    },
  },
  nothing_removed: {
    status: 404,
    title: { de: 'Nichts entfernt', en: 'Nothing removed' },
    detail: {
      de: 'Aus {paths} ist nichts im Index. Erwartet wird ein Ordner oder eine Datei, die einmal eingelesen wurde.',
      en: 'Nothing of {paths} is in the index. Expected a folder or a file that was indexed before.',
    },
  },
  path_unreadable: {
    status: 500,
    title: { de: 'Nicht lesbar', en: 'Not readable' },
    detail: { de: 'konnte nicht gelesen werden ({reason})', en: 'could not be read ({reason})' },
  },
  link_outside: {
    status: 400,
    title: { de: 'Verknüpfung nach außen', en: 'Link to the outside' },
    detail: {
      de: 'symbolische Verknüpfung, die aus dem Ordner hinausführt (nach {target}); ihr wird nicht gefolgt',
      en: 'symbolic link that leads out of the folder (to {target}); it is not followed',
    },
  },
  link_broken: {
    status: 400,
    title: { de: 'Verknüpfung ins Leere', en: 'Broken link' },
    detail: { de: 'symbolische Verknüpfung ins Leere', en: 'symbolic link to nothing' },
  },
  ignore_pattern: {
    status: 400,
    title: { de: 'Unbrauchbares Muster', en: 'Unusable pattern' },
    detail: {
      de: '{where}Muster „{pattern}“: zu lang, zu viele Sterne oder kein Muster wie in .gitignore',
      en: '{where}pattern “{pattern}”: too long, too many asterisks, or no pattern as in .gitignore',
    },
  },
  ignore_file_large: {
    status: 400,
    title: { de: 'Zu viele Muster', en: 'Too many patterns' },
    detail: {
      de: '{file} hat {bytes} Bytes; erwartet werden höchstens {max}.',
      en: '{file} has {bytes} bytes; expected at most {max}.',
    },
  },
  site_settings_broken: {
    status: 400,
    title: { de: 'Einstellungen nicht lesbar', en: 'Settings not readable' },
    detail: {
      de: '{file}{where}: die Einstellungen des Website-Generators sind nicht lesbar ({reason}); sie können sagen, was Entwurf ist, darum wird der Ordner nicht gelesen',
      en: '{file}{where}: the settings of the site generator cannot be read ({reason}); they may say what is a draft, so the folder is not read',
    },
  },
  report_unwritable: {
    status: 500,
    title: { de: 'Bericht nicht gespeichert', en: 'Report not saved' },
    detail: {
      de: '„{path}“ konnte nicht geschrieben werden ({reason}).',
      en: '“{path}” could not be written ({reason}).',
    },
  },
  file_too_large: {
    status: 413,
    title: { de: 'Datei zu groß', en: 'File too large' },
    detail: {
      de: '{gotMb} MB sind mehr als die erlaubten {maxMb} MB (--max-file-mb erlaubt mehr)',
      en: '{gotMb} MB is more than the {maxMb} MB allowed (--max-file-mb allows more)',
    },
  },
  line_too_large: {
    status: 413,
    title: { de: 'Artikel zu groß', en: 'Article too large' },
    detail: {
      de: 'der Artikel auf dieser Zeile hat {gotMb} MB, das sind mehr als die erlaubten {maxMb} MB (--max-file-mb erlaubt mehr); die übrigen Zeilen werden gelesen',
      en: 'the article on this line has {gotMb} MB, which is more than the {maxMb} MB allowed (--max-file-mb allows more); the other lines are read',
    },
  },
  refused_more: {
    status: 400,
    title: { de: 'Weitere abgelehnt', en: 'More refused' },
    detail: {
      de: '{count} weitere Zeilen dieser Datei sind abgelehnt; einzeln genannt sind nur die ersten {told}',
      en: '{count} more lines of this file are refused; only the first {told} are told one by one',
    },
  },
  file_binary: {
    status: 415,
    title: { de: 'Kein Text', en: 'Not text' },
    detail: {
      de: 'die Datei enthält Binärdaten (ein Null-Byte an Stelle {offset}), keinen Text; UTF-16 braucht eine BOM am Anfang',
      en: 'the file holds binary data (a zero byte at position {offset}), not text; UTF-16 needs a byte-order mark',
    },
  },
  encoding_broken: {
    status: 415,
    title: { de: 'Kaputte Zeichenkodierung', en: 'Broken encoding' },
    detail: {
      de: 'die Zeichen sind nicht als {encoding} lesbar; erwartet wird UTF-8, UTF-16 mit BOM oder Windows-1252',
      en: 'the characters cannot be read as {encoding}; expected UTF-8, UTF-16 with a byte-order mark or Windows-1252',
    },
  },
  encoding_mended: {
    status: 415,
    title: { de: 'Einzelne Bytes falsch kodiert', en: 'A few bytes in another encoding' },
    detail: {
      de: '{count} × etwas, das nicht {encoding} ist; nur das wurde ersetzt, alles andere ist gelesen',
      en: '{count} × something that is not {encoding}; only that was replaced, all the rest is read',
    },
  },
  nested_too_deep: {
    status: 400,
    title: { de: 'Zu tief geschachtelt', en: 'Nested too deep' },
    detail: {
      de: '{what} stecken mehr als {max}-mal ineinander; erwartet werden höchstens {max} Ebenen',
      en: '{what} are nested more than {max} times; expected at most {max} levels',
    },
  },
  json_broken: {
    status: 400,
    title: { de: 'Kaputtes JSON', en: 'Broken JSON' },
    detail: { de: 'kein gültiges JSON: {reason}', en: 'not valid JSON: {reason}' },
  },
  front_matter_broken: {
    status: 400,
    title: { de: 'Kaputter Kopf', en: 'Broken front matter' },
    detail: {
      de: 'der Kopf zwischen den Zeilen „{mark}“ ({format}) ist nicht lesbar, Spalte {column}: {reason}',
      en: 'the front matter between the “{mark}” lines ({format}) cannot be read, column {column}: {reason}',
    },
  },
  front_matter_mended: {
    status: 400,
    title: { de: 'Kopf nicht ganz richtig', en: 'Front matter not quite right' },
    detail: {
      de: 'der Kopf zwischen den Zeilen „{mark}“ ({format}) wurde gelesen, ist aber nicht ganz richtig, Spalte {column}: {reason}',
      en: 'the front matter between the “{mark}” lines ({format}) was read, but it is not quite right, column {column}: {reason}',
    },
  },
  front_matter_left_out: {
    status: 400,
    title: { de: 'Ausgelassen trotz fehlerhaften Kopfs', en: 'Left out in spite of faulty front matter' },
    detail: {
      de: '{what}. Der Kopf sagt aber, dass der Artikel nicht öffentlich ist: er ist ausgelassen, außer mit --drafts',
      en: '{what}. It does say that the article is not public, though: it is left out, unless --drafts is given',
    },
  },
  front_matter_open: {
    status: 400,
    title: { de: 'Kopf ohne Ende', en: 'Front matter without an end' },
    detail: {
      de: 'der Kopf beginnt mit „{mark}“, aber keine Zeile „{mark}“ beendet ihn; er wurde als Text gelesen',
      en: 'the front matter begins with “{mark}”, but no line “{mark}” ends it; it was read as text',
    },
  },
  file_not_recognised: {
    status: 415,
    title: { de: 'Übersprungen', en: 'Skipped' },
    detail: {
      de: 'übersprungen; erwartet wird {expected}',
      en: 'skipped; expected {expected}',
    },
  },
  feed_broken: {
    status: 400,
    title: { de: 'Kaputter Feed', en: 'Broken feed' },
    detail: { de: 'der Feed ist nicht lesbar: {reason}', en: 'the feed cannot be read: {reason}' },
  },
  document_broken: {
    status: 400,
    title: { de: 'Beschädigtes Dokument', en: 'Damaged document' },
    detail: {
      de: '{format}: beschädigt oder unvollständig ({reason}); in dem Programm, aus dem es kommt, öffnen und neu speichern',
      en: '{format}: damaged or incomplete ({reason}); open it in the program it comes from and save it again',
    },
  },
  document_encrypted: {
    status: 400,
    title: { de: 'Verschlüsseltes Dokument', en: 'Encrypted document' },
    detail: {
      de: '{format}: mit einem Kennwort verschlüsselt; ohne Kennwort speichern, dann wird es gelesen',
      en: '{format}: encrypted with a password; save it without one and it will be read',
    },
  },
  document_protected: {
    status: 400,
    title: { de: 'Geschütztes Dokument', en: 'Protected document' },
    detail: {
      de: '{format}: durch einen Kopierschutz (DRM) verschlüsselt, nicht lesbar',
      en: '{format}: encrypted by copy protection (DRM), it cannot be read',
    },
  },
  document_without_text: {
    status: 400,
    title: { de: 'Dokument ohne Text', en: 'Document without text' },
    detail: {
      de: '{format}: hat keinen Text, nur Bilder; gescannte Seiten brauchen eine Texterkennung (OCR)',
      en: '{format}: has no text, only pictures; scanned pages need text recognition (OCR)',
    },
  },
  document_pages_without_text: {
    status: 400,
    title: { de: 'Seiten nicht gelesen', en: 'Pages not read' },
    detail: {
      de: '{count} von {pages} Seiten sind nicht gelesen (leer, gescannt, beschädigt oder nach der 5000.); die übrigen sind es',
      en: '{count} of {pages} pages were not read (empty, scanned, damaged, or after the 5000th); the others were',
    },
  },
  document_chapters_beyond: {
    status: 400,
    title: { de: 'Kapitel nicht gelesen', en: 'Chapters not read' },
    detail: {
      de: '{format}: {count} Dokumente nach dem {max}. sind nicht gelesen; die übrigen sind es',
      en: '{format}: {count} documents after number {max} were not read; the others were',
    },
  },
  document_slow: {
    status: 400,
    title: { de: 'Dokument zu aufwendig', en: 'Document too costly' },
    detail: {
      de: '{format}: das Lesen wurde nach {seconds} s abgebrochen, es braucht zu viel Zeit oder Speicher',
      en: '{format}: reading was given up after {seconds} s, it takes too much time or memory',
    },
  },
  document_swollen: {
    status: 413,
    title: { de: 'Dokument entpackt zu groß', en: 'Document too large when unpacked' },
    detail: {
      de: '{format}: „{part}“ ist entpackt größer als {maxMb} MB',
      en: '{format}: “{part}” is larger than {maxMb} MB when it is unpacked',
    },
  },
  document_foreign: {
    status: 415,
    title: { de: 'Anderes Format', en: 'Other format' },
    detail: { de: 'die Datei ist {got}; {remedy}', en: 'the file is {got}; {remedy}' },
  },
  csv_broken: {
    status: 400,
    title: { de: 'Kaputte Tabelle', en: 'Broken table' },
    detail: { de: 'die Tabelle ist nicht lesbar: {reason}', en: 'the table cannot be read: {reason}' },
  },
  csv_cells: {
    status: 400,
    title: { de: 'Falsche Zahl von Zellen', en: 'Wrong number of cells' },
    detail: {
      de: 'die Zeile hat {got} Zellen, die Kopfzeile {expected}',
      en: 'the row has {got} cells, the header {expected}',
    },
  },
  csv_header: {
    status: 400,
    title: { de: 'Kopfzeile ohne Titel und Text', en: 'Header without title and text' },
    detail: {
      de: 'die Kopfzeile nennt weder Titel noch Text, sondern: {got}',
      en: 'the header names neither a title nor a text, but: {got}',
    },
  },
  article_not_object: {
    status: 400,
    title: { de: 'Kein Artikel', en: 'Not an article' },
    detail: {
      de: 'erwartet wird ein JSON-Objekt mit „title“ oder „text“, bekommen: {got}',
      en: 'expected a JSON object with “title” or “text”, got: {got}',
    },
  },
  article_field: {
    status: 400,
    title: { de: 'Falsches Feld', en: 'Wrong field' },
    detail: {
      de: 'Feld „{field}“: erwartet wird {expected}, hier steht {got}',
      en: 'field “{field}”: expected {expected}, got {got}',
    },
  },
  article_empty: {
    status: 400,
    title: { de: 'Leerer Artikel', en: 'Empty article' },
    detail: {
      de: 'weder Titel noch Text; mindestens eines davon braucht ein Artikel („title“, „text“)',
      en: 'neither a title nor a text; an article needs at least one of them (“title”, “text”)',
    },
  },
  duplicate_id: {
    status: 409,
    title: { de: 'Doppelte id', en: 'Duplicate id' },
    detail: {
      de: 'die id „{id}“ hat schon ein Artikel aus {other}; Abhilfe: {remedy}',
      en: 'the id “{id}” already belongs to an article of {other}; remedy: {remedy}',
    },
  },
  build_incomplete: {
    status: 500,
    title: { de: 'Unvollständig gebaut', en: 'Incomplete build' },
    detail: {
      de: '{file} fehlt oder enthält „{missing}“ nicht: „npm run build“ legt die Datei an.',
      en: '{file} is missing or lacks “{missing}”: “npm run build” makes the file.',
    },
  },
  sqlite_missing: {
    status: 500,
    title: { de: 'SQLite fehlt', en: 'SQLite is missing' },
    detail: {
      de: 'Für Node {node} muss SQLite übersetzt werden, und das ist beim Installieren misslungen. Entweder Node 22.14 oder neuer verwenden, oder python3, make und einen C++-Compiler installieren und „npm ci“ wiederholen.',
      en: 'For Node {node} SQLite has to be compiled, which failed during the installation. Either use Node 22.14 or later, or install python3, make and a C++ compiler and repeat “npm ci”.',
    },
  },
  cache_missing: {
    status: 404,
    title: { de: 'Kein Index', en: 'No index' },
    detail: {
      de: 'In „{path}“ gibt es keinen Index (--cache oder FUNDSTELLE_CACHE nennt den Ordner). Er entsteht mit: fundstelle index PFAD',
      en: 'There is no index in “{path}” (--cache or FUNDSTELLE_CACHE names the folder). It is made by: fundstelle index PATH',
    },
  },
  store_busy: {
    status: 503,
    title: { de: 'Index in Gebrauch', en: 'Index in use' },
    detail: {
      de: 'In „{path}“ schreibt gerade ein anderer Vorgang; {seconds} Sekunden Warten haben nicht gereicht. Bitte später noch einmal.',
      en: 'Another process is writing to “{path}”; waiting {seconds} seconds was not enough. Please try again later.',
    },
  },
  index_leased: {
    status: 503,
    title: { de: 'Index in Gebrauch', en: 'Index in use' },
    detail: {
      de: 'In den Index „{index}“ im Cluster schreibt gerade ein anderer Vorgang: {pid} auf {host}, seit {since} (nach der Uhr dort). Bitte später noch einmal.',
      en: 'Another process is writing to the index “{index}” in the cluster: {pid} on {host}, since {since} (by the clock there). Please try again later.',
    },
  },
  lease_lost: {
    status: 503,
    title: { de: 'Schreibrecht verloren', en: 'Right to write lost' },
    detail: {
      de: 'Dieser Vorgang darf nicht mehr in den Index „{index}“ im Cluster schreiben: Er konnte es zu lange nicht bestätigen, oder ein anderer schreibt dort jetzt. Was fehlt, schreibt der nächste Lauf.',
      en: 'This process may write to the index “{index}” in the cluster no longer: it could not confirm that for too long, or another one writes there now. What is missing the next run writes.',
    },
  },
  store_broken: {
    status: 500,
    title: { de: 'Artikelspeicher beschädigt', en: 'Article store damaged' },
    detail: {
      de: 'Der Artikelspeicher „{path}“ ist nicht lesbar: {reason}. Er wurde nicht verändert. Abhilfe: den Ordner wegsichern und die Artikel mit „fundstelle index“ neu einlesen.',
      en: 'The article store “{path}” cannot be read: {reason}. It was not changed. Remedy: move the folder away and index the articles again with “fundstelle index”.',
    },
  },
  store_format: {
    status: 500,
    title: { de: 'Fremdes Format', en: 'Unknown format' },
    detail: {
      de: 'Der Artikelspeicher „{path}“ hat Format {got}; diese Fassung liest Format {expected}.',
      en: 'The article store “{path}” has format {got}; this version reads format {expected}.',
    },
  },
  snapshot_unsound: {
    status: 500,
    title: { de: 'Index-Abbild unbrauchbar', en: 'Snapshot unusable' },
    detail: { de: '{path}: {reason}', en: '{path}: {reason}' },
  },
  index_fault: {
    status: 500,
    title: { de: 'Fehler im Index', en: 'Fault of the index' },
    detail: { de: '{path}: {reason}', en: '{path}: {reason}' },
  },
  snapshot_rules: {
    status: 500,
    title: { de: 'Andere Regeln', en: 'Other rules' },
    detail: {
      de: 'Der Index „{path}“ wurde mit anderen eigenen Regeln gebaut, als jetzt gelten. Entweder mit --rules oder FUNDSTELLE_RULES die Regeldatei nennen, die beim Einlesen galt (keine, wenn es keine gab), oder mit den jetzigen Regeln „fundstelle index“ ausführen: das baut ihn neu.',
      en: 'The index “{path}” was built with other rules of your own than those now in force. Either name with --rules or FUNDSTELLE_RULES the rules of that time (none if there were none), or run “fundstelle index” with the present ones: that rebuilds it.',
    },
  },
  snapshot_version: {
    status: 500,
    title: { de: 'Andere Fassung', en: 'Other version' },
    detail: {
      de: 'Der Index „{path}“ wurde von einer anderen Fassung von Fundstelle gebaut. „fundstelle index“ und jeder Start des Servers bauen ihn neu.',
      en: 'The index “{path}” was built by another version of Fundstelle. “fundstelle index” and every start of the server rebuild it.',
    },
  },
  cache_unwritable: {
    status: 500,
    title: { de: 'Ordner nicht beschreibbar', en: 'Folder not writable' },
    detail: {
      de: 'In „{path}“ kann nicht geschrieben werden ({reason}).',
      en: 'Cannot write to “{path}” ({reason}).',
    },
  },
  backup_broken: {
    status: 400,
    title: { de: 'Keine brauchbare Sicherung', en: 'Unusable backup' },
    detail: {
      de: '„{path}“ ist keine vollständige Sicherung von Fundstelle: {reason}. Es wurde nichts verändert.',
      en: '“{path}” is no complete backup of Fundstelle: {reason}. Nothing was changed.',
    },
  },
  backup_unreadable: {
    status: 500,
    title: { de: 'Sicherung nicht lesbar', en: 'Backup not readable' },
    detail: { de: '„{path}“ kann nicht gelesen werden ({reason}).', en: '“{path}” cannot be read ({reason}).' },
  },
  restore_occupied: {
    status: 409,
    title: { de: 'Ordner nicht leer', en: 'Folder not empty' },
    detail: {
      de: 'In „{path}“ liegt schon etwas ({names}). Mit --force wird es dort in einem Unterordner beiseitegelegt.',
      en: 'There is something in “{path}” already ({names}). With --force it is put aside there, in a folder of its own.',
    },
  },
  restore_served: {
    status: 409,
    title: { de: 'Ordner in Gebrauch', en: 'Folder in use' },
    detail: {
      de: '„{path}“ wird gerade von einem Server benutzt. Erst den Server beenden, dann wiederherstellen; es wurde nichts verändert.',
      en: '“{path}” is being used by a server. Stop the server first, then restore; nothing was changed.',
    },
  },
  restore_foreign: {
    status: 409,
    title: { de: 'Kein Ordner von Fundstelle', en: 'No folder of Fundstelle’s' },
    detail: {
      de: 'In „{path}“ liegt anderes als ein Artikelspeicher ({names}): Dorthin wird nichts wiederhergestellt. Erwartet wird ein leerer Ordner oder einer mit einem Artikelspeicher.',
      en: 'In “{path}” there is something else than an article store ({names}): nothing is restored there. Expected an empty folder or one with an article store.',
    },
  },
  restore_unfinished: {
    status: 503,
    title: { de: 'Wiederherstellung nicht zu Ende', en: 'Restore not finished' },
    detail: {
      de: 'In „{path}“ wird eine Sicherung wiederhergestellt, oder das wurde abgebrochen. Läuft es nicht mehr, hilft noch einmal: fundstelle restore DATEI --force',
      en: 'A backup is being restored to “{path}”, or that was broken off. If it does not run any more, do it again: fundstelle restore FILE --force',
    },
  },
  address_in_use: {
    status: 500,
    title: { de: 'Adresse belegt', en: 'Address in use' },
    detail: {
      de: 'Der Port {address} ist schon belegt. Ein anderer: --port oder FUNDSTELLE_PORT.',
      en: 'The port {address} is already in use. Another one: --port or FUNDSTELLE_PORT.',
    },
  },
  address_unusable: {
    status: 500,
    title: { de: 'Adresse unbrauchbar', en: 'Address unusable' },
    detail: {
      de: 'Auf {address} kann dieser Rechner nicht antworten ({reason}). Die Adresse nennt --host oder FUNDSTELLE_HOST, den Port --port oder FUNDSTELLE_PORT.',
      en: 'This machine cannot listen on {address} ({reason}). --host or FUNDSTELLE_HOST names the address, --port or FUNDSTELLE_PORT the port.',
    },
  },
  dataset_missing: {
    status: 404,
    title: { de: 'Testsatz unvollständig', en: 'Test set incomplete' },
    detail: {
      de: '„{path}“ gibt es nicht. Ein Testsatz besteht aus corpus.jsonl, queries.jsonl und qrels/test.tsv.',
      en: '“{path}” does not exist. A test set consists of corpus.jsonl, queries.jsonl and qrels/test.tsv.',
    },
  },
  dataset_broken: {
    status: 400,
    title: { de: 'Kein brauchbarer Testsatz', en: 'Unusable test set' },
    detail: { de: '{path}, Zeile {line}: {reason}', en: '{path}, line {line}: {reason}' },
  },
  dataset_unreadable: {
    status: 500,
    title: { de: 'Testsatz nicht lesbar', en: 'Test set not readable' },
    detail: {
      de: '„{path}“ konnte nicht gelesen werden ({reason}).',
      en: '“{path}” could not be read ({reason}).',
    },
  },
  dataset_unjudged: {
    status: 400,
    title: { de: 'Testsatz ohne Urteile', en: 'Test set without judgements' },
    detail: {
      de: 'Zu messen gibt es nichts: Keine der Fragen aus queries.jsonl ({queries}) hat in {path} einen passenden Artikel (beurteilte Fragen dort: {judged}). Erwartet werden Zeilen aus Frage, Artikel und einer Zahl über 0, durch Tabulatoren getrennt.',
      en: 'There is nothing to measure: none of the queries of queries.jsonl ({queries}) has a relevant article in {path} (judged queries there: {judged}). Expected lines of query, article and a number above 0, parted by tabs.',
    },
  },
  baseline_unusable: {
    status: 400,
    title: { de: 'Früheres Ergebnis unbrauchbar', en: 'Earlier result unusable' },
    detail: {
      de: '„{path}“ ist kein gespeichertes Ergebnis von „fundstelle tune“ ({reason}). --save schreibt ein neues.',
      en: '“{path}” is no saved result of “fundstelle tune” ({reason}). --save writes a new one.',
    },
  },
  baseline_unwritable: {
    status: 500,
    title: { de: 'Ergebnis nicht gespeichert', en: 'Result not saved' },
    detail: {
      de: '„{path}“ konnte nicht geschrieben werden ({reason}).',
      en: '“{path}” could not be written ({reason}).',
    },
  },
  thesaurus_unreadable: {
    status: 500,
    title: { de: 'Thesaurus nicht lesbar', en: 'Thesaurus not readable' },
    detail: {
      de: 'Der Thesaurus „{path}“, den die eigenen Regeln nennen, konnte nicht gelesen werden ({reason}).',
      en: 'The thesaurus “{path}” that your rules name could not be read ({reason}).',
    },
  },
  thesaurus_unusable: {
    status: 400,
    title: { de: 'Kein brauchbarer Thesaurus', en: 'Unusable thesaurus' },
    detail: {
      de: '{path}, Zeile {line}: „{got}“. Erwartet wird eine Datei im Format MyThes, in UTF-8, wie th_de_DE_v2.dat.',
      en: '{path}, line {line}: “{got}”. Expected a file in MyThes’ format, in UTF-8, such as th_de_DE_v2.dat.',
    },
  },
  watch_failed: {
    status: 500,
    title: { de: 'Beobachten gestört', en: 'Watching disturbed' },
    detail: {
      de: 'Änderungen werden womöglich erst nach Minuten bemerkt: {reason}. Es wird weiter versucht; bis dahin werden die Ordner in Abständen ganz durchgesehen.',
      en: 'Changes may be noticed only after minutes: {reason}. It is tried again; until then the folders are looked through from time to time.',
    },
  },
  watch_path_unreadable: {
    status: 500,
    title: { de: 'Beobachteter Pfad nicht lesbar', en: 'Watched path not readable' },
    detail: {
      de: '„{path}“ ist gerade nicht lesbar ({reason}); die Artikel daraus bleiben im Index. Sobald der Pfad wieder lesbar ist, wird er von selbst wieder beobachtet und neu eingelesen.',
      en: '“{path}” cannot be read at the moment ({reason}); its articles stay in the index. As soon as it can, it is watched and indexed again by itself.',
    },
  },
  master_key_twice: {
    status: 400,
    title: { de: 'Zwei Hauptschlüssel', en: 'Two master keys' },
    detail: {
      de: 'FUNDSTELLE_MASTER_KEY und --master-key-file (FUNDSTELLE_MASTER_KEY_FILE) sind beide gesetzt; erwartet wird eines davon.',
      en: 'FUNDSTELLE_MASTER_KEY and --master-key-file (FUNDSTELLE_MASTER_KEY_FILE) are both set; one of them is expected.',
    },
  },
  master_key_unreadable: {
    status: 500,
    title: { de: 'Hauptschlüssel nicht lesbar', en: 'Master key not readable' },
    detail: {
      de: 'Die Datei des Hauptschlüssels „{path}“ konnte nicht gelesen werden ({reason}).',
      en: 'The file of the master key “{path}” could not be read ({reason}).',
    },
  },
  master_key_unusable: {
    status: 400,
    title: { de: 'Kein brauchbarer Hauptschlüssel', en: 'Unusable master key' },
    detail: {
      de: 'Der Hauptschlüssel ({from}) hat {got}; erwartet werden Buchstaben, Ziffern und Zeichen aus ASCII, ohne Leerzeichen, höchstens {max}.',
      en: 'The master key ({from}) has {got}; letters, digits and signs of ASCII are expected, without blanks, at most {max}.',
    },
  },
  master_key_short: {
    status: 400,
    title: { de: 'Hauptschlüssel zu kurz', en: 'Master key too short' },
    detail: {
      de: 'Der Hauptschlüssel hat {bytes} Bytes. {host} erreichen auch andere Rechner: erwartet werden mindestens {min}, am besten zufällige (openssl rand -hex 32).',
      en: 'The master key has {bytes} bytes. Other machines reach {host}: at least {min} are expected, best at random (openssl rand -hex 32).',
    },
  },
  master_key_missing: {
    status: 400,
    title: { de: 'Kein Hauptschlüssel', en: 'No master key' },
    detail: {
      de: '{what} braucht einen Hauptschlüssel: FUNDSTELLE_MASTER_KEY oder --master-key-file (FUNDSTELLE_MASTER_KEY_FILE).',
      en: '{what} needs a master key: FUNDSTELLE_MASTER_KEY or --master-key-file (FUNDSTELLE_MASTER_KEY_FILE).',
    },
  },
  key_not_found: {
    status: 404,
    title: { de: 'Schlüssel nicht gefunden', en: 'Key not found' },
    detail: { de: 'Einen Schlüssel „{uid}“ gibt es nicht.', en: 'There is no key “{uid}”.' },
  },
  key_exists: {
    status: 409,
    title: { de: 'Schlüssel gibt es schon', en: 'Key exists' },
    detail: { de: 'Einen Schlüssel „{uid}“ gibt es schon.', en: 'There is a key “{uid}” already.' },
  },
  key_missing: {
    status: 401,
    title: { de: 'Schlüssel fehlt', en: 'Key missing' },
    detail: {
      de: 'Diese Suche braucht einen Schlüssel: den Header „Authorization: Bearer …“.',
      en: 'This search needs a key: the header “Authorization: Bearer …”.',
    },
  },
  key_refused: {
    status: 403,
    title: { de: 'Schlüssel abgelehnt', en: 'Key refused' },
    detail: {
      de: 'Der Schlüssel gilt hier nicht.',
      en: 'The key does not count here.',
    },
  },
  index_hides_text: {
    status: 403,
    title: { de: 'Index verbirgt Text', en: 'Index hides text' },
    detail: {
      de: 'Im Index „{index}“ wird in Attributen gesucht, die nicht gezeigt werden sollen (displayedAttributes). Seite, Suchfeld und /search würden sie zeigen: /indexes/{index}/search zeigt sie nicht. Sonst gehört zu displayedAttributes, was in searchableAttributes steht.',
      en: 'The index “{index}” searches attributes that are not to be shown (displayedAttributes). The page, the box and /search would show them: /indexes/{index}/search does not. Else what stands in searchableAttributes belongs to displayedAttributes, too.',
    },
  },
  too_many_requests: {
    status: 429,
    title: { de: 'Zu viele Anfragen', en: 'Too many requests' },
    detail: {
      de: 'Mehr als {max} Anfragen in der Minute. In {seconds} s geht es weiter.',
      en: 'More than {max} requests a minute. It goes on in {seconds} s.',
    },
  },
  stopped: {
    status: 503,
    title: { de: 'Angehalten', en: 'Stopped' },
    detail: { de: 'Angehalten: {what}.', en: 'Stopped: {what}.' },
  },
} as const satisfies Record<string, ErrorText>

export type ErrorCode = keyof typeof TABLE

/** A value for a placeholder; words of our own come in both languages. */
export type ErrorParam = string | number | Localized

export type ErrorParams = Readonly<Record<string, ErrorParam>>

/** An error of the table above. `message` is the German text; `detail(language)` gives either. */
export class FundstelleError extends Error {
  override readonly name = 'FundstelleError'
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(fill(TABLE[code].detail.de, params, 'de'), options)
    this.code = code
    this.params = params
  }

  get status(): number {
    return TABLE[this.code].status
  }

  title(language: Language): string {
    return TABLE[this.code].title[language]
  }

  detail(language: Language): string {
    return fill(TABLE[this.code].detail[language], this.params, language)
  }
}

/** The words of an unknown throwable, for a `reason` parameter. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The same in English, for answers that are in English whoever asks. */
export const englishReasonOf = (error: unknown): string =>
  error instanceof FundstelleError ? error.detail('en') : reasonOf(error)

function fill(template: string, params: ErrorParams, language: Language): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined) return whole
    return typeof value === 'object' ? value[language] : String(value)
  })
}
