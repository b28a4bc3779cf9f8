import type { SoughtWord } from '../database/DeniedRequestStore';
import type { EstateIndex } from '../estate/EstateIndex';

/**
 * The words of a text, each with the services whose name has it.
 */
export function toSoughtWords(
  text: string | undefined,
  { services }: Pick<EstateIndex, 'services'>,
): SoughtWord[] {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return [...new Set(words)].map(word => ({
    text: word,
    serviceArns: [...services.values()]
      .filter(({ name }) => name.toLowerCase().includes(word))
      .map(({ arn }) => arn),
  }));
}
