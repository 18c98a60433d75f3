import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readServiceDefinition } from '../../../../local/service-definition/read-service-definition.ts';
import { fixtureService } from '../../../helpers/local-functions.ts';

const refusals = z
  .array(z.strictObject({ name: z.string(), from: z.string(), to: z.string(), problem: z.string() }))
  .parse(parse(readFileSync(join(fixtureService, 'refusals.yml'), 'utf8')));

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'remediator-'));
  await cp(fixtureService, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

async function replaceIn(name: string, from: string, to: string): Promise<void> {
  const file = join(directory, name);
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(
    file,
    text.replace(from, () => to),
  );
}

/** The one line that reading comes to. */
async function problemOf(file = 'serverless.yml'): Promise<string> {
  const options = { file: join(directory, file), accountId: '123456789012', region: 'eu-west-1' };
  const error: unknown = await readServiceDefinition(options).catch((reason: unknown) => reason);
  if (!(error instanceof Error)) throw new Error('it was read without a complaint');
  expect(error).toMatchObject({ code: 'SERVICE_DEFINITION_INVALID' });
  expect(error.message).not.toContain('\n');
  return error.message;
}

describe('what cannot be run is refused in one line with its place', () => {
  it.each(refusals)('$name', async ({ from, to, problem }) => {
    await replaceIn('serverless.yml', from, to);
    expect(await problemOf()).toContain(problem);
  });

  it('an unknown property of a table', async () => {
    await replaceIn('resources/tables.yml', 'BillingMode: PAY_PER_REQUEST', 'ImportSourceSpecification: {}');
    expect(await problemOf()).toContain("resources.ItemsTable: 'ImportSourceSpecification'");
  });

  it('a key schema that is none', async () => {
    await replaceIn('resources/tables.yml', 'KeyType: HASH', 'KeyType: HUSH');
    expect(await problemOf()).toContain('resources.ItemsTable: KeySchema.0.KeyType: ');
  });

  it('a file that is not there', async () => {
    expect(await problemOf('nowhere.yml')).toContain('nowhere.yml: cannot be read');
  });

  it.each(['', '- a', 'text'])('a file of %j', async (content) => {
    await writeFile(join(directory, 'serverless.yml'), content);
    expect(await problemOf()).toBe('serverless.yml: holds no service definition');
  });
});
