import { FundstelleError, type Localized } from '../errors.ts'
import { MAIN_INDEX } from '../registry/index-table.ts'
import { ACTIONS } from '../server/meilisearch/actions.ts'
import type { ApiError } from '../server/meilisearch/api-error.ts'

type Options = ReadonlyMap<string, readonly string[]>

/** The options of `key create` as the body that the same key would be asked for with over HTTP. */
export function keyBodyOf(options: Options): Readonly<Record<string, unknown>> {
  const listOf = (name: string): string[] =>
    (options.get(name) ?? []).flatMap((text) => text.split(/[\s,]+/).filter((one) => one !== ''))
  const last = (name: string): string | undefined => options.get(name)?.at(-1)
  const [actions, indexes, origins] = [listOf('action'), listOf('indexes'), listOf('origin')]
  const perMinute = last('per-minute')
  const parameters = last('parameters')
  return {
    name: last('name') ?? null,
    description: last('description') ?? null,
    uid: last('uid') ?? null,
    actions: actions.length > 0 ? actions : ['search'],
    indexes: indexes.length > 0 ? indexes : [MAIN_INDEX],
    expiresAt: last('expires') ?? null,
    allowedOrigins: origins.length > 0 ? origins : null,
    requestsPerMinute: perMinute === undefined ? null : Number(perMinute),
    searchParameters: parameters === undefined ? null : jsonOf(parameters),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // refused with the words for wrong parameters
    return text
  }
}

/** Which option an error of a key means, and what would be right. */
const EXPECTED: Readonly<Record<string, readonly [option: string, expected: Localized]>> = {
  invalid_api_key_actions: ['action', { de: `etwas von ${ACTIONS.join(', ')}`, en: `some of ${ACTIONS.join(', ')}` }],
  invalid_api_key_indexes: [
    'indexes',
    {
      de: 'Namen aus Buchstaben, Ziffern, - und _, auch mit einem * am Ende',
      en: 'names of letters, digits, - and _, with a * at the end or without',
    },
  ],
  invalid_api_key_expires_at: [
    'expires',
    {
      de: 'ein Tag oder Zeitpunkt in der Zukunft wie 2030-12-31',
      en: 'a day or moment in the future such as 2030-12-31',
    },
  ],
  invalid_api_key_uid: [
    'uid',
    {
      de: 'eine UUID wie 01b4bc42-eb33-4041-b481-254d00cce834',
      en: 'a UUID such as 01b4bc42-eb33-4041-b481-254d00cce834',
    },
  ],
  invalid_api_key_name: [
    'name',
    { de: 'ein Text von höchstens 1000 Zeichen', en: 'a text of at most 1000 characters' },
  ],
  invalid_api_key_description: [
    'description',
    { de: 'ein Text von höchstens 1000 Zeichen', en: 'a text of at most 1000 characters' },
  ],
  invalid_api_key_allowed_origins: [
    'origin',
    {
      de: 'Anfänge von Adressen wie https://www.beispiel.de, oder *',
      en: 'beginnings of addresses such as https://www.example.org, or *',
    },
  ],
  invalid_api_key_requests_per_minute: [
    'per-minute',
    { de: 'eine ganze Zahl von 1 bis 1000000', en: 'a whole number from 1 to 1000000' },
  ],
  invalid_api_key_search_parameters: [
    'parameters',
    {
      de: 'JSON mit Parametern einer Suche wie {"filter": "sichtbar = true", "limit": 5}',
      en: 'JSON with parameters of a search such as {"filter": "visible = true", "limit": 5}',
    },
  ],
}

/** An error of the interface in the words of the command line. */
export function wrongOption(error: ApiError, options: Options): FundstelleError {
  const [name, expected] = EXPECTED[error.code] ?? []
  if (name !== undefined && expected !== undefined) {
    const got = (options.get(name) ?? []).join(', ')
    return new FundstelleError('bad_value', { name: `--${name}`, got, expected }, { cause: error })
  }
  const uid = options.get('uid')?.at(-1) ?? ''
  if (error.code === 'api_key_already_exists') return new FundstelleError('key_exists', { uid }, { cause: error })
  return new FundstelleError('usage', { problem: error.message }, { cause: error })
}
