import { isIsoDate } from '../article/article.ts'

const MONTHS: Readonly<Record<string, number>> = {
  jan: 1,
  jän: 1,
  jaen: 1,
  feb: 2,
  mar: 3,
  mär: 3,
  maer: 3,
  mrz: 3,
  apr: 4,
  mai: 5,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  okt: 10,
  oct: 10,
  nov: 11,
  dez: 12,
  dec: 12,
}

/** The names in full; what stands in a date must be one of them or one of the short forms above. */
const MONTH_NAMES =
  /^(jan(uar|uary|ner)?|j(ä|ae)n(ner)?|feb(ruar|ruary|er)?|m(ä|ae)r(z)?|mrz|mar(ch)?|apr(il)?|mai|may|juni?|june|juli?|july|aug(ust)?|sept?(ember)?|o[kc]t(ober)?|nov(ember)?|de[zc](ember)?)\.?$/

/** Zones as RFC 822 and German sites write them. */
const ZONES: Readonly<Record<string, string>> = {
  z: 'Z',
  gmt: 'Z',
  ut: 'Z',
  utc: 'Z',
  mez: '+01:00',
  cet: '+01:00',
  mesz: '+02:00',
  cest: '+02:00',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
}

const CLOCK = String.raw`(?:(?:T|,?\s+(?:um\s+)?|\s?[|·•]\s?|\s[-–—]\s)(\d{1,2})[:.](\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*uhr)?(?:\s*(Z|[+-]\d{2}(?::?\d{2})?|[a-z]{2,4}))?)?`
const WEEKDAY = String.raw`(?:[a-zä]{2,10}\.?,?\s+)?`
const FORMS: readonly { readonly form: RegExp; readonly order: 'ymd' | 'dmy' | 'mdy' }[] = [
  { form: new RegExp(`^(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})${CLOCK}$`, 'i'), order: 'ymd' },
  { form: new RegExp(`^${WEEKDAY}(\\d{1,2})\\.\\s*(\\d{1,2})\\.\\s*(\\d{4}|\\d{2})${CLOCK}$`, 'i'), order: 'dmy' },
  { form: /^((?:19|20)\d{2})(\d{2})(\d{2})$/, order: 'ymd' },
  {
    form: new RegExp(
      `^${WEEKDAY}(\\d{1,2})(?:\\. ?|(?:st|nd|rd|th)? |-)([a-zä]{3,9}\\.?)[ -](\\d{4}|\\d{2})${CLOCK}$`,
      'i',
    ),
    order: 'dmy',
  },
  {
    form: new RegExp(`^${WEEKDAY}([a-zä]{3,9}\\.?) (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${CLOCK}$`, 'i'),
    order: 'mdy',
  },
]
/** What stands before a date on a page. */
const LABEL =
  /^(?:stand|datum|erschienen|publiziert|ver(?:ö|oe)ffentlicht|(?:zuletzt )?aktualisiert)(?: am| vom)?(?:: ?| )/i
/** The zone once more in words, as mail programs write it: `+0100 (CET)`. */
const COMMENT = / ?\([a-zäöü ]+\)$/i
/** A zone as Nikola writes it: `UTC+01:00`. */
const UTC_OFFSET = / UTC(?=[+-]\d)/
/** Years of two figures, only beside the name of a month or where points tell the order: from here on they are of the last century (RFC 2822). */
const LAST_CENTURY = 50
/** No date is longer; keeps the expressions above from long text. */
const DATE_LENGTH_MAX = 64

/**
 * A date as people write it (`2021-03-04`, `Stand: 04.03.2021`, `4. März 2021 | 14:30 Uhr`, RFC 822) as ISO 8601:
 * a whole day or a time; the zone stays the one that was written, or is left out.
 * @returns null for anything else, days the calendar does not have included
 */
export function isoDate(value: unknown): string | null {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime()) || value.getUTCFullYear() < 0 || value.getUTCFullYear() > 9999) return null
    const iso = value.toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.replace('.000Z', 'Z')
  }
  if (typeof value !== 'string') return null
  const line = value.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (line.length > DATE_LENGTH_MAX) return null
  const text = line.replace(LABEL, '').replace(COMMENT, '').replace(UTC_OFFSET, ' ')
  for (const { form, order } of FORMS) {
    const match = form.exec(text)
    if (match === null) continue
    const [, first = '', second = '', third = ''] = match
    const [year, month, day] =
      order === 'ymd' ? [first, second, third] : order === 'dmy' ? [third, second, first] : [third, first, second]
    const date = `${fullYear(year)}-${pad(monthOf(month))}-${pad(day)}${clock(match.slice(4))}`
    return isIsoDate(date) ? date : null
  }
  return null
}

/**
 * The day in a path: `2021-03-04-name.md`, `blog/2021-03-04-x/index.md`, `2021/03/04/x.html`; the deepest one counts.
 * @returns null where the path has none
 */
export function dateInPath(path: string): string | null {
  const days = [...path.matchAll(/(?<=^|\/)(\d{4})([-/])(\d{2})\2(\d{2})(?=[-_./ ]|$)/g)]
  for (const [, year, , month, day] of days.reverse()) {
    const date = `${year}-${month}-${day}`
    if (isIsoDate(date)) return date
  }
  return null
}

/** Whether a word in lower case is the name of a month, in full or as one shortens it. */
export const isMonth = (word: string): boolean => MONTH_NAMES.test(word)

function monthOf(text: string): string {
  if (/^\d+$/.test(text)) return text
  const name = text.toLowerCase()
  if (!MONTH_NAMES.test(name)) return ''
  return String(MONTHS[name.slice(0, 4)] ?? MONTHS[name.slice(0, 3)] ?? '')
}

function clock([hour, minute, second, zone]: readonly (string | undefined)[]): string {
  if (hour === undefined || minute === undefined) return ''
  const half = /^([ap])m$/i.exec(zone ?? '')?.[1]?.toLowerCase()
  const hours = half === undefined ? hour : String((Number(hour) % 12) + (half === 'p' ? 12 : 0))
  const time = `T${pad(hours)}:${minute}${second === undefined ? '' : `:${second}`}`
  if (zone === undefined || half !== undefined) return time
  const offset = /^([+-]\d{2}):?(\d{2})?$/.exec(zone)
  // An unknown zone makes an unsound date, which is then kept as it was written
  return time + (offset === null ? (ZONES[zone.toLowerCase()] ?? '?') : `${offset[1]}:${offset[2] ?? '00'}`)
}

function fullYear(digits: string): string {
  if (digits.length !== 2) return digits
  return (Number(digits) < LAST_CENTURY ? '20' : '19') + digits
}

function pad(digits: string): string {
  return digits.padStart(2, '0')
}
