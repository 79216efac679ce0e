/**
 * A server takes so many changes of the store in by itself; where there are more, it waits for a snapshot that has them. Whoever changes
 * the store leaves one then.
 */
export const DIRECT_CHANGES_MAX = 200
/** Nor does one wait for a snapshot at its start that takes so many bytes of text in by itself: half a second's work. */
export const DIRECT_BYTES_MAX = 1_000_000
