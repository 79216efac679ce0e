import { FundstelleError, type Localized } from '../errors.ts'

const MEGABYTE = 1024 * 1024

/** The error for a file, or a line of one, over the limit. */
export function tooLarge(code: 'file_too_large' | 'line_too_large', size: number, sizeMax: number): FundstelleError {
  // Rounded up, so that a file a little too large is not said to have what is allowed
  return new FundstelleError(code, {
    gotMb: megabytes(Math.ceil(size / (MEGABYTE / 100)) / 100),
    maxMb: megabytes(sizeMax / MEGABYTE),
  })
}

function megabytes(count: number): Localized {
  const en = String(Math.round(count * 100) / 100)
  return { de: en.replace('.', ','), en }
}
