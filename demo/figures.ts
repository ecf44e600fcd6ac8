/** Figures of the last minute, from every answer that went out. */
export interface Figures {
  /** A request has come over the network, or is answered there. */
  cameOrWent(change: 1 | -1): void;
  underWay(): number;
  answered(status: number, seconds: number): void;
  lastMinute(): { response: (quantile: number) => number; errorRate: number; throughput: number };
}

interface Answered {
  at: number;
  status: number;
  seconds: number;
}

/** Keeps a minute of answers. */
export function createFigures(): Figures {
  let recent: Answered[] = [];
  let underWay = 0;
  const prune = () => {
    const oldest = performance.now() - 60_000;
    const first = recent.findIndex(({ at }) => at >= oldest);
    recent = first === -1 ? [] : recent.slice(first);
  };
  return {
    cameOrWent: (change) => {
      underWay += change;
    },
    underWay: () => underWay,
    answered: (status, seconds) => {
      recent.push({ at: performance.now(), status, seconds });
      if (recent.length > 10_000) recent = recent.slice(5000);
    },
    lastMinute: () => {
      prune();
      const sorted = recent.map(({ seconds }) => seconds).sort((a, b) => a - b);
      const failed = recent.filter(({ status }) => status >= 500).length;
      return {
        response: (quantile) => sorted[Math.floor(quantile * (sorted.length - 1))] ?? 0,
        errorRate: recent.length === 0 ? 0 : failed / recent.length,
        throughput: recent.length / 60,
      };
    },
  };
}
