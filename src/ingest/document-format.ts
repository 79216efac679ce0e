import { FundstelleError, type Localized } from '../errors.ts'

/** Formats that are decoded in a thread of their own (documents/), by what their files begin with. */
export type DocumentFormat = 'pdf' | 'zip'

/** Endings of documents: files of other endings that are documents by their content are read as such, too. */
const ENDINGS = ['.pdf', '.docx', '.docm', '.dotx', '.odt', '.ott', '.epub']
const ENDING = /[^/](\.[^./]+)$/

/** A PDF may have something before its head. */
const PDF_HEAD_MAX = 1024
const PDF_HEAD = '%PDF-'
/** Of a first file, and of an archive without files. */
const ZIP_HEADS = ['PK\x03\x04', 'PK\x05\x06']
/** Where HTML says that it is HTML. */
const HTML_HEAD_MAX = 2048

export function isDocumentEnding(path: string): boolean {
  return ENDINGS.includes(ENDING.exec(path)?.[1]?.toLowerCase() ?? '')
}

/** What a file is by its first bytes, whatever its name; null where it is neither. */
export function documentFormatOf(bytes: Uint8Array, path: string): DocumentFormat | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PDF_HEAD_MAX)).toString('latin1')
  // a text may well speak of PDF
  if (isDocumentEnding(path) ? head.includes(PDF_HEAD) : head.startsWith(PDF_HEAD)) return 'pdf'
  return ZIP_HEADS.some((mark) => head.startsWith(mark)) ? 'zip' : null
}

/** The error for a format that is recognised and not read; null for all else. */
export function foreignFormat(bytes: Uint8Array): FundstelleError | null {
  const found = FOREIGN.find(({ head }) => head.every((byte, at) => bytes[at] === byte))
  return found === undefined ? null : new FundstelleError('document_foreign', { got: found.got, remedy: found.remedy })
}

interface Foreign {
  readonly head: readonly number[]
  readonly got: Localized
  readonly remedy: Localized
}

const FOREIGN: readonly Foreign[] = [
  {
    head: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    got: {
      de: 'ein Dokument von Word, Excel oder PowerPoint im Format vor 2007, oder ein verschlüsseltes',
      en: 'a document of Word, Excel or PowerPoint in the format before 2007, or an encrypted one',
    },
    remedy: {
      de: 'ohne Kennwort als .docx oder PDF speichern, Tabellen als .csv',
      en: 'save it without a password as .docx or PDF, tables as .csv',
    },
  },
  {
    head: [...'{\\rtf'].map((character) => character.charCodeAt(0)),
    got: { de: 'ein RTF-Dokument', en: 'an RTF document' },
    remedy: { de: 'als .docx oder PDF speichern', en: 'save it as .docx or PDF' },
  },
]

/** Whether a text is a page of HTML by what it begins with: pages are saved under all kinds of names. */
export function isHtmlPage(text: string): boolean {
  const head = text.slice(0, HTML_HEAD_MAX).trimStart().toLowerCase()
  return head.startsWith('<') && (head.startsWith('<!doctype html') || /<html[\s>]/.test(head))
}

/** The error for a file that is called a document and is none. */
export function noDocument(path: string): FundstelleError {
  const ending = ENDING.exec(path)?.[1]?.slice(1).toUpperCase() ?? ''
  const got = {
    de: `kein ${ending}-Dokument, obwohl sie so heißt`,
    en: `no ${ending} document, although it is called one`,
  }
  const remedy = { de: 'die richtige Datei ablegen oder sie umbenennen', en: 'put the right file there, or rename it' }
  return new FundstelleError('document_foreign', { got, remedy })
}
