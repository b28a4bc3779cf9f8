import { LineLayout } from '../lineScanner/LineLayout';
import { LineScanner } from '../lineScanner/LineScanner';
import type { LineBytes } from './LineBytes';
import { ScannedFacts, scannedFields } from './ScannedFacts';

/** Layouts that are tried: a log has one, and another where some fields are of another type. */
const MOST_LAYOUTS = 4;
/** Then lines differ too much for layouts to be of use. */
const MOST_LEARNED = 32;
/** Longer lines are few. As in `assembly/regions.ts`. */
const MOST_BYTES = 64 * 1024;

/** Lines that are looked for together, and how many are where one of the last ones could not be read. */
const MOST_LINES = 1024;
const FEW_LINES = 8;

/**
 * Reads from the bytes of lines what `readCallFacts` reads from their JSON. Of lines that are laid out as
 * one before, it makes neither the text nor the JSON.
 */
export class CallFactsReader {
  readonly #scanner = LineScanner.shared();
  readonly #facts = ScannedFacts.shared();
  /** The one of the last line first. */
  readonly #layouts: LineLayout[] = [];
  #learned = 0;
  #most = MOST_LINES;

  /** Undefined: it has to be read as JSON. What is given holds until any reader of the thread reads on. */
  read(line: LineBytes): ScannedFacts | undefined {
    if (line.stop - line.start >= MOST_BYTES) {
      return undefined;
    }
    const loaded = this.#scanner.loadLine(line);
    return this.#find({ ...loaded, most: 1 }) > 0 && this.#facts.isRead(0)
      ? this.#facts
      : undefined;
  }

  /**
   * Reads one line after the other, as far as it can without making JSON of them.
   *
   * @param lines - bytes, which don't change until others are read; only lines that end with a newline are read
   * @param take - is told of each line, and where the next one starts. What is given holds until it returns
   * @returns where the first line starts that was not read
   */
  readLines(
    lines: LineBytes,
    take: (facts: ScannedFacts, next: number) => void,
  ): number {
    let next = lines.start;
    for (;;) {
      const loaded = this.#scanner.loadLines({ ...lines, start: next });
      const found = this.#find({ ...loaded, most: this.#most });
      if (found === 0) {
        return next;
      }
      const start = next - loaded.from;
      for (let index = 0; index < found; index++) {
        if (!this.#facts.isRead(index)) {
          // Those behind it have to be looked for again.
          this.#most = FEW_LINES;
          return next;
        }
        next = start + this.#facts.lineStop + 1;
        take(this.#facts, next);
      }
      this.#most = Math.min(2 * this.#most, MOST_LINES);
    }
  }

  /** Is told what a line holds that could not be read, so that those that are laid out alike can be. */
  learn(line: string, json: unknown): void {
    if (this.#learned === MOST_LEARNED || !isCall(json)) {
      return;
    }
    const layout = LineLayout.of({ text: line, fields: json }, scannedFields);
    if (layout) {
      this.#learned++;
      // A line may be unreadable for its values alone: others are not to be given up for it.
      if (this.#layouts.some(known => known.isSameAs(layout))) {
        return;
      }
      this.#layouts.unshift(layout);
      this.#layouts.length = Math.min(this.#layouts.length, MOST_LAYOUTS);
    }
  }

  #find(lines: { from: number; to: number; most: number }): number {
    const layouts = this.#layouts;
    for (let index = 0; index < layouts.length; index++) {
      const layout = layouts[index];
      const found = this.#scanner.findLines(layout, lines);
      if (found > 0) {
        if (index > 0) {
          layouts.splice(index, 1);
          layouts.unshift(layout);
        }
        return found;
      }
    }
    return 0;
  }
}

function isCall(json: unknown): json is Record<string, unknown> {
  return (
    typeof json === 'object' &&
    json !== null &&
    'startTime' in json &&
    !('resourceConfigurationArn' in json)
  );
}
