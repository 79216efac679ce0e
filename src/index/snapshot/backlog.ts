/**
 * A server takes so many changes of the store in by itself; where there are more, it waits for a snapshot that has them. Whoever changes
 * the store leaves one then.
 */
export const DIRECT_CHANGES_MAX = 200
