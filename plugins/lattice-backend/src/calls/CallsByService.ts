/** Calls to one service. */
export interface ServiceCalls {
  serviceArn: string;
  calls: number;
}

/** Adds up calls, for viewers who may see some services only. */
export class CallsByService {
  readonly #calls = new Map<string, number>();

  add({ serviceArn, calls }: ServiceCalls): void {
    this.#calls.set(serviceArn, (this.#calls.get(serviceArn) ?? 0) + calls);
  }

  list(): ServiceCalls[] {
    return [...this.#calls].map(([serviceArn, calls]) => ({
      serviceArn,
      calls,
    }));
  }
}
