import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { GetDocumentCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { parse } from 'yaml';
import { isAwsError } from '../../../shared/aws/errors.ts';
import { type Check, countOf, fewAtATime, orPass, type Result, warn } from '../check.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'runbooks');
const DEPLOY = 'deploy the stack again (npx osls deploy)';

/** Our own runbooks, as this checkout has them. */
export const ownRunbooks: Check = {
  id: 'own-runbooks',
  group: 'Roles and runbooks',
  title: 'runbooks of this checkout',
  async run({ aws }) {
    const client = await aws.ssm();
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
    const wrong = await fewAtATime(files, async (file): Promise<readonly Result[]> => {
      const name = basename(file, '.yaml');
      const deployed = await contentOf(client, name);
      if (deployed === undefined) return [warn(`${name} is not deployed`, DEPLOY)];
      const here = parse(readFileSync(join(FOLDER, file), 'utf8'));
      return isDeepStrictEqual(texts(parsed(deployed)), texts(here))
        ? []
        : [warn(`${name} is not the one of this checkout`, DEPLOY)];
    });
    return orPass(wrong.flat(), `${countOf(files.length, 'runbook')} of ours are those of this checkout`);
  },
};

/** CloudFormation may write numbers and truth values of a document as texts. */
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, texts(each)]));
  return String(value);
}

/** An endpoint that is not AWS may keep what CloudFormation gave it as it was. */
function parsed(content: unknown): unknown {
  return typeof content === 'string' ? parse(content) : content;
}

async function contentOf(client: SSMClient, Name: string): Promise<unknown> {
  try {
    return (await client.send(new GetDocumentCommand({ Name }))).Content;
  } catch (error) {
    if (isAwsError(error, 'InvalidDocument', 'ValidationException')) return undefined;
    throw error;
  }
}
