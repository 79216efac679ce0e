import type { Context } from 'hono'
import { queryOf } from '../routes/context.ts'
import { ApiError } from './api-error.ts'

/** Characters of a wrong name or value that are told back. */
const SHOWN_MAX = 100

/** The parameters of a request's address, each checked as it is asked for. */
export class AddressParameters {
  readonly #query: URLSearchParams

  constructor(c: Context) {
    this.#query = queryOf(c)
  }

  /** @throws ApiError `bad_request` naming the first that is not among these */
  only(names: readonly string[]): void {
    for (const name of this.#query.keys())
      if (!names.includes(name)) {
        const known = names.map((one) => `\`${one}\``).join(', ')
        throw new ApiError('bad_request', `Unknown parameter \`${name.slice(0, SHOWN_MAX)}\`: expected one of ${known}`)
      }
  }

  text(name: string): string | undefined {
    return this.#query.get(name) ?? undefined
  }

  /** @throws ApiError with this code */
  wholeNumber(name: string, code: string): number | undefined {
    const value = this.#query.get(name)
    if (value === null) return undefined
    const number = Number(value)
    if (/^\d+$/.test(value) && number <= Number.MAX_SAFE_INTEGER) return number
    const message = `Invalid value in parameter \`${name}\`: could not parse \`${value.slice(0, SHOWN_MAX)}\` as a positive integer`
    throw new ApiError(code, message)
  }

  /** @throws ApiError with this code */
  flag(name: string, code: string): boolean | undefined {
    const value = this.#query.get(name)
    if (value === null) return undefined
    if (value === 'true' || value === 'false') return value === 'true'
    const message = `Invalid value in parameter \`${name}\`: could not parse \`${value.slice(0, SHOWN_MAX)}\` as a boolean, expected either \`true\` or \`false\``
    throw new ApiError(code, message)
  }

  /** Names parted by commas; undefined for none and for `*`. */
  names(name: string): string[] | undefined {
    return namesOf(this.#query.get(name))
  }
}

/** Names parted by commas; undefined for none and for `*`. */
export function namesOf(value: string | null): string[] | undefined {
  if (value === null || value === '*') return undefined
  return value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
