import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/**
 * Colours for a stream: on a terminal, unless `NO_COLOR` is set; elsewhere only if
 * `FORCE_COLOR` is.
 *
 * @see https://no-color.org
 */
export function paintFor(options: {
  isTerminal: boolean;
  environment: NodeJS.ProcessEnv;
}): Paint {
  const { isTerminal, environment } = options;
  const { NO_COLOR, FORCE_COLOR } = environment;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0';
  return isForced || (isTerminal && !NO_COLOR)
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text;
}
