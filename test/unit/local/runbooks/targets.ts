import { createRemoteAccount } from '../../../../local/account/remote.ts';
import { systemClock } from '../../../../local/clock.ts';
import { motoNote, runsMoto, startMoto } from '../../../helpers/moto.ts';
import { type Bench, createBench } from './stand-in.ts';

/** An account that runbooks are tried on. */
export interface Target {
  readonly name: string;
  readonly isSkipped: boolean;
  open(): Promise<Bench>;
}

export const TARGETS: readonly Target[] = [
  { name: 'in memory', isSkipped: false, open: async () => createBench({ clock: systemClock }) },
  {
    name: `on moto${motoNote}`,
    isSkipped: !runsMoto,
    open: async () => {
      const moto = await startMoto();
      const bench = createBench({
        clock: systemClock,
        account: createRemoteAccount({ endpoint: moto.endpoint }),
      });
      return {
        ...bench,
        [Symbol.asyncDispose]: async () => {
          await bench[Symbol.asyncDispose]();
          await moto.close();
        },
      };
    },
  },
];
