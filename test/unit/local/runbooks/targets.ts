import { createRemoteAccount } from '../../../../local/account/remote.ts';
import { startMoto, triesOnMoto, tryNote } from '../../../helpers/moto.ts';
import { type Bench, createBench } from './stand-in.ts';

/** An account that runbooks are tried on. */
export interface Target {
  readonly name: string;
  readonly isSkipped: boolean;
  /** Not the account in memory, which does what AWS does where moto deviates. */
  readonly isMoto: boolean;
  open(): Promise<Bench>;
}

export const TARGETS: readonly Target[] = [
  { name: 'in memory', isSkipped: false, isMoto: false, open: async () => createBench() },
  {
    name: `on moto${tryNote}`,
    isSkipped: !triesOnMoto,
    isMoto: true,
    open: async () => {
      const moto = await startMoto();
      const bench = createBench({ account: createRemoteAccount({ endpoint: moto.endpoint }) });
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
