import type { Clock } from '../../shared/ports.ts';

const TIMEOUT_MS = 5_000;

/** Whether an endpoint is the laptop's cloud, which says so of itself. */
export async function isLaptop(endpoint: string): Promise<boolean> {
  const response = await ask(new URL('/health', endpoint));
  if (!response?.ok) return false;
  const text = await response.text();
  return /"cloud"\s*:\s*"laptop"/.test(text);
}

/** What time it is at an endpoint; undefined: it does not say. */
export async function serverTimeOf(
  endpoint: string,
  clock: Pick<Clock, 'now'>,
): Promise<{ readonly said: Date; readonly at: Date } | undefined> {
  const response = await ask(new URL(endpoint));
  const said = new Date(response?.headers.get('date') ?? '');
  return Number.isNaN(said.getTime()) ? undefined : { said, at: clock.now() };
}

/** Unsigned, and without an answer where something stands in the way: a proxy, for instance. */
async function ask(url: URL): Promise<Response | undefined> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return undefined;
    throw error;
  }
}
