import { ApiError, unsupported } from './api-error.ts'

/** Errors of one query say which. */
export function inside<T>(at: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw new ApiError(error.code, `Inside \`.queries[${at}]\`: ${error.message}`, error.headers)
  }
}

export const noRemote = (): ApiError => unsupported('Searching on other servers (`federationOptions.remote`)')
