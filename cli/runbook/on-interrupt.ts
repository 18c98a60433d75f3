/** One Ctrl-C comes twice, from the terminal and from npx: only one a second later is meant as another. */
const SAME_MS = 1000;

export interface Interrupt extends Disposable {
  /** Whether it was interrupted. */
  readonly happened: boolean;
}

/** Calls `cancel` at the first Ctrl-C (or SIGTERM), and ends the process at a later one. */
export function onInterrupt(cancel: () => void): Interrupt {
  let firstAt: number | undefined;
  const interrupt = (): void => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt > SAME_MS) process.exit(130);
      return;
    }
    firstAt = performance.now();
    cancel();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    get happened() {
      return firstAt !== undefined;
    },
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
