import type { Point } from './layOutGraph';

const RADIUS = 8;

/** SVG path along the points with rounded corners. */
export function roundedPath(points: Point[]): string {
  const [start, ...rest] = points;
  const parts = [`M ${start.x} ${start.y}`];
  rest.forEach((point, index) => {
    const before = points[index];
    const after = rest[index + 1];
    if (!after) {
      parts.push(`L ${point.x} ${point.y}`);
      return;
    }
    const into = towards(point, before);
    const out = towards(point, after);
    parts.push(
      `L ${into.x} ${into.y}`,
      `Q ${point.x} ${point.y} ${out.x} ${out.y}`,
    );
  });
  return parts.join(' ');
}

/** Middle of the longest straight piece: where a label is least in the way. */
export function labelPoint(points: Point[]): Point {
  let best = { length: -1, x: points[0].x, y: points[0].y };
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1], points[index]];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length > best.length) {
      best = { length, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    }
  }
  return { x: best.x, y: best.y };
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const step = Math.min(RADIUS, length / 2) / length;
  return {
    x: from.x + (to.x - from.x) * step,
    y: from.y + (to.y - from.y) * step,
  };
}
