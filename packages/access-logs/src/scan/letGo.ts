/** As of ECMAScript 2024. */
type Transferable = ArrayBuffer & { transfer(length: number): ArrayBuffer };

/**
 * Gives the memory back in which bytes stand that nobody looks at any more, if it ends with them.
 *
 * @remarks
 * V8 counts such memory among all that it has to clear up: of each gigabyte that is read, it cleared up
 * forty times, in threads of its own beside the one that reads. What is small may stand in memory that Node
 * shares out, and is left.
 */
export function letGo({ buffer, byteOffset, byteLength }: Uint8Array): void {
  if (
    byteOffset + byteLength === buffer.byteLength &&
    buffer.byteLength > Buffer.poolSize
  ) {
    (buffer as Transferable).transfer(0);
  }
}
