import { formatExact, formatRelative } from '../format';
import { useNow } from './useNow';

/** How long ago, with the exact time on hover. */
export function RelativeTime(props: { time: string }) {
  const now = useNow();
  return (
    <time dateTime={props.time} title={formatExact(props.time)}>
      {formatRelative(props.time, now)}
    </time>
  );
}
