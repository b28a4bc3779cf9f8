/* React Flow measures its nodes; jsdom measures nothing. */

class TestResizeObserver implements ResizeObserver {
  constructor(private readonly callback: ResizeObserverCallback) {}

  observe(target: Element) {
    // Later, as browsers do: called at once, React Flow draws nodes but no edges.
    setTimeout(() =>
      this.callback(
        [{ target, contentRect: target.getBoundingClientRect() } as any],
        this,
      ),
    );
  }

  unobserve() {}

  disconnect() {}
}

class TestDomMatrix {
  readonly m22: number;

  constructor(transform?: string) {
    const scale = transform?.match(/scale\(([\d.]+)\)/)?.[1];
    this.m22 = scale === undefined ? 1 : Number(scale);
  }
}

Object.assign(window, {
  ResizeObserver: TestResizeObserver,
  DOMMatrixReadOnly: TestDomMatrix,
});

Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: {
    configurable: true,
    get() {
      return parseFloat(this.style.height) || 600;
    },
  },
  offsetWidth: {
    configurable: true,
    get() {
      return parseFloat(this.style.width) || 800;
    },
  },
});

Object.assign(SVGElement.prototype, {
  getBBox: () => ({ x: 0, y: 0, width: 0, height: 0 }),
});
