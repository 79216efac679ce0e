import { type ErrorParam, type Localized, reasonOf } from './errors.ts'

/** What the operating system says, in words for people who do not know its codes. The code stays: it can be looked up. */
const REASONS: Readonly<Record<string, Localized>> = {
  ENOENT: { de: 'gibt es nicht', en: 'does not exist' },
  EACCES: { de: 'keine Berechtigung', en: 'no permission' },
  EPERM: { de: 'nicht erlaubt', en: 'not permitted' },
  EISDIR: { de: 'ist ein Ordner, keine Datei', en: 'is a folder, not a file' },
  ENOTDIR: { de: 'ein Teil des Pfades ist kein Ordner', en: 'a part of the path is not a folder' },
  EEXIST: { de: 'dort liegt schon etwas anderes', en: 'something else is already there' },
  ELOOP: { de: 'Verknüpfungen, die im Kreis führen', en: 'links that lead in a circle' },
  ENAMETOOLONG: { de: 'der Name ist zu lang', en: 'the name is too long' },
  ENOSPC: { de: 'der Datenträger ist voll', en: 'the disk is full' },
  EDQUOT: { de: 'der zugeteilte Platz ist aufgebraucht', en: 'the disk quota is used up' },
  EROFS: { de: 'der Datenträger ist schreibgeschützt', en: 'the disk is read-only' },
  EIO: { de: 'Fehler des Datenträgers', en: 'disk error' },
  // our own, see byte-source.ts
  ECHANGED: { de: 'wurde neu geschrieben, während sie gelesen wurde', en: 'was written anew while it was read' },
  EMFILE: { de: 'zu viele offene Dateien', en: 'too many open files' },
  ENFILE: { de: 'zu viele offene Dateien', en: 'too many open files' },
  EADDRINUSE: { de: 'schon belegt', en: 'already in use' },
  EADDRNOTAVAIL: { de: 'die Adresse gehört nicht zu diesem Rechner', en: 'the address is not one of this machine' },
  ENOTFOUND: { de: 'der Name ist unbekannt', en: 'the name is unknown' },
  EAI_AGAIN: { de: 'der Name lässt sich gerade nicht auflösen', en: 'the name cannot be resolved at the moment' },
}

/** Codes of the system have no underscores, those of Node do. */
const SYSTEM_CODE = /^E[A-Z0-9]+$/

/** Why something failed, for a `reason` parameter: our own words for what the operating system says, else the error's. */
export function systemReason(error: unknown): ErrorParam {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  const words = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined
  if (words !== undefined) return { de: `${words.de}, ${code}`, en: `${words.en}, ${code}` }
  return SYSTEM_CODE.test(code) ? code : reasonOf(error)
}
