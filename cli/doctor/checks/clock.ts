import { type Check, pass, skip, warn } from '../check.ts';

/** AWS refuses signatures that are five minutes off; ends of exceptions and waits are this machine's, too. */
const SKEW_MS = 60_000;

/** This machine's clock against the endpoint's. */
export const clock: Check = {
  id: 'clock',
  group: 'Configuration',
  title: "this machine's clock",
  async run({ serverTime }) {
    if (serverTime === undefined) return [skip('the endpoint says no time')];
    const skew = serverTime.at.getTime() - serverTime.said.getTime();
    const text = `${Math.abs(Math.round(skew / 1000))} s ${skew < 0 ? 'behind' : 'ahead of'} the endpoint's`;
    if (Math.abs(skew) < SKEW_MS) return [pass(`within ${SKEW_MS / 1000} s of the endpoint's`)];
    return [warn(text, 'set it (timedatectl set-ntp true): AWS refuses calls five minutes off')];
  },
};
