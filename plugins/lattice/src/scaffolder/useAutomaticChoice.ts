import { useEffect, useRef } from 'react';

const RETRY_MILLISECONDS = 100;

/**
 * Gives a field a value by itself, and again until the form has it.
 *
 * @remarks
 * The form hands on all of its values with each change, made of those it showed last
 * (https://github.com/rjsf-team/react-jsonschema-form, `ObjectField`). So of two changes between two renderings, such
 * as this one and a key that somebody presses, the first is lost; and where that leaves the field's value as it was,
 * the field isn't rendered anew and would never notice.
 *
 * @param options - `value`: what the form has to be given; undefined: nothing, it is as it should be
 */
export function useAutomaticChoice<T>(options: {
  value: T | undefined;
  onChange: (value: T) => void;
}): void {
  const latest = useRef(options);
  latest.current = options;
  const { value } = options;
  const wanted = value === undefined ? undefined : JSON.stringify(value);

  useEffect(() => {
    if (wanted === undefined) {
      return undefined;
    }
    const choose = () => {
      const { value: current, onChange } = latest.current;
      if (current !== undefined) {
        onChange(current);
      }
    };
    choose();
    const timer = setInterval(choose, RETRY_MILLISECONDS);
    return () => clearInterval(timer);
  }, [wanted]);
}
