/** What a file holds, in the middle of a longer buffer, as it is read. */
export function inFile<A extends Uint8Array | Uint32Array | Float64Array>(array: A): A {
  const { buffer, byteOffset, byteLength } = array
  const file = new Uint8Array(byteLength + 64).fill(0xa5)
  file.set(new Uint8Array(buffer, byteOffset, byteLength), 16)
  const make = array.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => A
  return new make(file.buffer, 16, array.length)
}

/** The same of records of arrays; and a function that tells whether none of them was written to since. */
export function reopened<T extends object>(packed: T): { readonly packed: T; readonly isUntouched: () => boolean } {
  const kept: [Uint8Array, Uint8Array][] = []
  const copy = (within: object): object =>
    Object.fromEntries(
      Object.entries(within).map(([name, one]) => {
        if (!ArrayBuffer.isView(one)) return [name, copy(one as object)]
        const lying = inFile(one as Uint8Array)
        const whole = new Uint8Array(lying.buffer)
        kept.push([whole, whole.slice()])
        return [name, lying]
      }),
    )
  const isUntouched = (): boolean => kept.every(([now, before]) => Buffer.compare(now, before) === 0)
  return { packed: copy(packed) as T, isUntouched }
}
