import { createRemoteAccount } from '../../../local/account/remote.ts';
import { motoNote, runsMoto, startMoto } from '../../helpers/moto.ts';
import { autoScalingDeviations } from './autoscaling-deviations.ts';
import { configDeviations } from './config-deviations.ts';
import { runContract, type Target } from './contract.ts';
import { ec2Deviations } from './ec2-deviations.ts';
import { iamDeviations } from './iam-deviations.ts';
import { motoDeviations } from './moto-deviations.ts';
import { ssmDeviations } from './ssm-deviations.ts';
import { suites } from './suites.ts';

/** What the account in memory is compared with; a file of its own, so that it runs beside the others. */
const moto: Target = {
  name: 'moto',
  skipped: runsMoto ? undefined : motoNote,
  deviations: new Map([
    ...motoDeviations,
    ...autoScalingDeviations,
    ...ec2Deviations,
    ...iamDeviations,
    ...configDeviations,
    ...ssmDeviations,
  ]),
  start: async () => {
    const moto = await startMoto();
    const account = createRemoteAccount({ endpoint: moto.endpoint });
    return {
      account,
      [Symbol.asyncDispose]: async () => {
        await account.close();
        await moto.close();
      },
    };
  },
};

runContract(moto, suites);
