/** The path of an address as it may stand in a log: what follows `/keys/` may be the value of a key. */
export const loggedPath = (url: string): string => new URL(url).pathname.replace(/^(\/keys\/).+/s, '$1…')
