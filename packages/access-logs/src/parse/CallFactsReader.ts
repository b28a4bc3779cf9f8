import { LineLayout } from '../lineScanner/LineLayout';
import { LineScanner } from '../lineScanner/LineScanner';
import type { LineBytes } from './LineBytes';
import { ScannedFacts, scannedFields } from './ScannedFacts';

/** Layouts that are tried: a log has one, and another where some fields are of another type. */
const MOST_LAYOUTS = 4;
/** Then lines differ too much for layouts to be of use. */
const MOST_LEARNED = 32;
/** Longer lines are few. As in `assembly/index.ts`. */
const MOST_BYTES = 64 * 1024;

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

  /** Undefined: it has to be read as JSON. What is given holds until any reader of the thread reads on. */
  read(line: LineBytes): ScannedFacts | undefined {
    if (line.stop - line.start > MOST_BYTES) {
      return undefined;
    }
    const layouts = this.#layouts;
    for (let index = 0; index < layouts.length; index++) {
      const layout = layouts[index];
      if (this.#scanner.find(layout, line)) {
        if (index > 0) {
          layouts.splice(index, 1);
          layouts.unshift(layout);
        }
        return this.#facts.isRead(line) ? this.#facts : undefined;
      }
    }
    return undefined;
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
}

function isCall(json: unknown): json is Record<string, unknown> {
  return (
    typeof json === 'object' &&
    json !== null &&
    'startTime' in json &&
    !('resourceConfigurationArn' in json)
  );
}
