import { join } from 'node:path'

/** Below the cache folder. */
export const PAYLOADS_FOLDER = 'tasks'

/** Where the documents of tasks lie until they are carried out; the lock of whoever carries them out lies there, too. */
export const payloadFolder = (cache: string): string => join(cache, PAYLOADS_FOLDER)
