import { FundstelleError, type Localized } from '../../errors.ts'

/** Characters of a wrong value that are told back. */
export const GOT_MAX = 100

/** One wrong parameter, for `errors[]` of a problem. */
export interface WrongParameter {
  readonly name: string
  readonly got: string
  readonly expected: Localized
}

/** The parameters were wrong; names each. */
export class WrongParameters extends FundstelleError {
  readonly wrong: readonly WrongParameter[]

  constructor(wrong: readonly WrongParameter[]) {
    super('bad_parameters', { names: wrong.map(({ name }) => name).join(', ') })
    this.wrong = wrong
  }
}

/** A wrong value of JSON, as far as it is told back. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined'
  return json.length > GOT_MAX ? `${json.slice(0, GOT_MAX)}…` : json
}
