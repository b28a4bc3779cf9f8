/**
 * Reads things one after the other, and meanwhile the first part of those that come next.
 *
 * @param options - `count`: so many are read at the same time; `oneByOne`: each begins only when the one before has
 * given its first part, for where reading takes up room that the one before may wait for. Default: they begin together
 * @returns all parts, in the order of the things
 * @throws what reading throws, when its turn has come
 *
 * @public
 */
export async function* readAhead<TThing, TPart>(options: {
  things: readonly TThing[];
  count: number;
  oneByOne?: boolean;
  read: (thing: TThing) => AsyncGenerator<TPart>;
}): AsyncGenerator<TPart> {
  const { things, count, oneByOne = false, read } = options;
  const begun: {
    parts: AsyncGenerator<TPart>;
    first: Promise<IteratorResult<TPart>>;
  }[] = [];
  let begins = 0;
  try {
    for (const _ of things) {
      while (begun.length < count && begins < things.length) {
        const parts = read(things[begins++]);
        const earlier = oneByOne ? begun.at(-1)?.first : undefined;
        const first = earlier ? earlier.then(() => parts.next()) : parts.next();
        // Told when its turn has come, if it comes.
        first.catch(() => {});
        begun.push({ parts, first });
      }
      const { parts, first } = begun[0];
      let next = await first;
      while (!next.done) {
        yield next.value;
        next = await parts.next();
      }
      begun.shift();
    }
  } finally {
    await Promise.allSettled(begun.map(({ parts }) => parts.return(undefined)));
  }
}
