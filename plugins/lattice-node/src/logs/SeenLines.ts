/** Ids of the lines given lately, so that re-reading for late lines does not give them again. */
export class SeenLines {
  private readonly times = new Map<string, number>();

  has(id: string): boolean {
    return this.times.has(id);
  }

  add(id: string, timestamp: number): void {
    this.times.set(id, timestamp);
  }

  forgetBefore(timestamp: number): void {
    for (const [id, time] of this.times) {
      if (time < timestamp) {
        this.times.delete(id);
      }
    }
  }
}
