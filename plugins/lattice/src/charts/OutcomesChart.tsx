import {
  outcomes,
  sumOutcomeCounts,
  totalCalls,
  type Outcome,
  type OutcomesOverTime,
} from '@lattice-portal/plugin-lattice-common';
import { AxisBottom, AxisLeft } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleBand, scaleLinear, scaleOrdinal } from '@visx/scale';
import { BarStack } from '@visx/shape';
import { OutcomeMark } from '../components';
import { formatCompact, formatNumber, outcomeDescriptions } from '../format';
import { describeCounts } from '../map/describeEdge';
import { OutcomePatterns, patternId } from './OutcomePatterns';
import styles from './OutcomesChart.module.css';
import { useWidth } from './useWidth';

const HEIGHT = 200;
const MARGIN = { top: 8, right: 8, bottom: 24, left: 44 };

const tick = {
  fill: 'var(--bui-fg-secondary)',
  fontSize: 11,
  fontFamily: 'var(--bui-font-regular)',
};

type Bar = { start: string } & Record<Outcome, number>;

/** Calls by outcome over time, as stacked bars, with the sums in words beneath. */
export function OutcomesChart(props: { data: OutcomesOverTime }) {
  const { buckets, step, window } = props.data;
  const { ref, width } = useWidth<HTMLElement>(640);
  const bars: Bar[] = buckets.map(({ start, counts }) => ({
    start,
    ...counts,
  }));
  const sums = sumOutcomeCounts(buckets.map(({ counts }) => counts));
  const present = outcomes.filter(outcome => sums[outcome] > 0);
  const most = Math.max(1, ...buckets.map(({ counts }) => totalCalls(counts)));
  const innerWidth = Math.max(80, width - MARGIN.left - MARGIN.right);
  const innerHeight = HEIGHT - MARGIN.top - MARGIN.bottom;
  const x = scaleBand<string>({
    domain: bars.map(({ start }) => start),
    range: [0, innerWidth],
    padding: 0.15,
  });
  const y = scaleLinear<number>({
    domain: [0, most],
    range: [innerHeight, 0],
    nice: true,
  });
  const fill = scaleOrdinal<Outcome, string>({
    domain: present,
    range: present.map(outcome => `url(#${patternId(outcome)})`),
  });
  return (
    <figure
      ref={ref}
      className={styles.chart}
      aria-label={`Calls by outcome, per ${Math.round(step / 60)} min`}
    >
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={describeCounts(sums)}
      >
        <OutcomePatterns />
        <Group left={MARGIN.left} top={MARGIN.top}>
          <BarStack<Bar, Outcome>
            data={bars}
            keys={present}
            x={({ start }) => start}
            xScale={x}
            yScale={y}
            color={fill}
          />
          {bars.map(bar => (
            <rect
              key={bar.start}
              className={styles.column}
              x={x(bar.start)}
              width={x.bandwidth()}
              height={innerHeight}
              fill="transparent"
            >
              <title>{`${clock(bar.start, window)}: ${describeCounts(
                bar,
              )}`}</title>
            </rect>
          ))}
          <AxisLeft
            scale={y}
            numTicks={4}
            tickFormat={value => formatCompact(Number(value))}
            stroke="var(--bui-border-2)"
            tickStroke="var(--bui-border-2)"
            tickLabelProps={{ ...tick, textAnchor: 'end', dx: -4, dy: 4 }}
          />
          <AxisBottom
            scale={x}
            top={innerHeight}
            tickValues={everySome(bars, innerWidth).map(({ start }) => start)}
            tickFormat={start => clock(start, window)}
            stroke="var(--bui-border-2)"
            tickStroke="var(--bui-border-2)"
            tickLabelProps={{ ...tick, textAnchor: 'middle' }}
          />
        </Group>
      </svg>
      <ul className={styles.legend}>
        {present.length === 0 && <li>No calls in this window.</li>}
        {present.map(outcome => (
          <li key={outcome} className={styles.entry}>
            <svg
              width={12}
              height={12}
              aria-hidden="true"
              className={styles[outcomeDescriptions[outcome].tone]}
            >
              <rect
                width={12}
                height={12}
                fill={`url(#${patternId(outcome)})`}
              />
            </svg>
            <OutcomeMark outcome={outcome} /> {formatNumber(sums[outcome])}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function everySome(bars: Bar[], width: number): Bar[] {
  const step = Math.max(1, Math.ceil(bars.length / (width / 80)));
  return bars.filter((_, index) => index % step === 0);
}

function clock(time: string, window: OutcomesOverTime['window']): string {
  const long = Date.parse(window.to) - Date.parse(window.from) > 86_400_000;
  return new Intl.DateTimeFormat('en-GB', {
    ...(long && { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(time));
}
