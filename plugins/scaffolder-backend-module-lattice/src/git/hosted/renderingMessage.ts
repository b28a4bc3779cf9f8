import type { RepositoryOrigin } from '../GitRepositories';

/** What the message of a commit that holds a template's output tells besides its first lines. */
export interface RenderingRecord extends Partial<RepositoryOrigin> {
  /** Run that wrote it. */
  run?: string;
  /** Commit that puts it over what people wrote, on a branch of its own. */
  commit?: string;
}

const TRAILERS: Record<keyof RenderingRecord, string> = {
  template: 'Lattice-Template',
  owner: 'Lattice-Owner',
  run: 'Lattice-Run',
  commit: 'Lattice-Commit',
};

/** Message with its trailers, as `git interpret-trailers` reads them. */
export function renderingMessage(
  options: RenderingRecord & { message: string },
): string {
  const lines = Object.entries(TRAILERS).flatMap(([key, trailer]) => {
    const value = options[key as keyof RenderingRecord];
    return value === undefined ? [] : [`${trailer}: ${encodeURI(value)}`];
  });
  return `${options.message.trim()}\n\n${lines.join('\n')}\n`;
}

/** Reads the trailers of a message: those of its last paragraph. */
export function readRenderingMessage(message: string): RenderingRecord {
  const last =
    message
      .trim()
      .split(/\n{2,}/)
      .at(-1) ?? '';
  const record: RenderingRecord = {};
  for (const [key, trailer] of Object.entries(TRAILERS)) {
    const line = last.split('\n').find(it => it.startsWith(`${trailer}: `));
    const value = line && decode(line.slice(trailer.length + 2).trim());
    if (value) {
      record[key as keyof RenderingRecord] = value;
    }
  }
  return record;
}

function decode(value: string): string | undefined {
  try {
    return decodeURI(value);
  } catch {
    return undefined;
  }
}
