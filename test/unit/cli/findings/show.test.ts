import { DynamoDBClient, GetItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { listFindings } from '../../../../cli/findings/list.ts';
import { showFinding } from '../../../../cli/findings/show.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';

const ID = 'ab'.repeat(32);
const GOOD = marshall({
  findingId: ID,
  source: 's',
  checkName: 'c',
  account: '111122223333',
  region: 'us-east-1',
  resource: 'r',
  resourceType: 't',
  resourceStatus: 'Red',
  lastUpdatedEpochMs: 1e12,
  episode: 1,
  detail: {},
});
const BAD = marshall({ findingId: 'cd'.repeat(32), resourceStatus: 4 });
const TABLES = { checkTrackerTable: 'C', automationExecutionTrackerTable: 'E' };

/** A table with these rows, whose scans end before they have found anything where it is large. */
function depsOf(rows: readonly (typeof GOOD)[], { large = false } = {}) {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  client.send = async (command: unknown) => {
    if (command instanceof GetItemCommand)
      return { Item: rows.find(({ findingId }) => findingId?.S === command.input.Key?.findingId?.S) };
    if (command instanceof QueryCommand) return { Items: [] };
    if (!(command instanceof ScanCommand)) throw new TypeError('Only reads are expected');
    return large ? { Items: [], LastEvaluatedKey: { findingId: { S: 'x' } } } : { Items: [...rows] };
  };
  return { client, ui: new FakeUi() };
}

describe('findings show', () => {
  it('reads a whole ID, however large the table is', async () => {
    const deps = depsOf([GOOD], { large: true });
    await showFinding(deps, ID, { ...TABLES, json: true });
    expect(deps.ui.json).toMatchObject({ finding: { findingId: ID }, attempts: [] });
    await expect(showFinding(deps, ID.slice(0, 12), TABLES)).rejects.toThrow(/give the whole ID/);
    await expect(showFinding(deps, 'ef'.repeat(32), TABLES)).rejects.toThrow(/There is no finding efef/);
  });

  it('names the row that it cannot read', async () => {
    await expect(showFinding(depsOf([BAD]), 'cdcdcd', TABLES)).rejects.toMatchObject({
      code: 'RECORD_MALFORMED',
      message: expect.stringContaining('cdcd'),
    });
  });
});

describe('findings list', () => {
  it('leaves out what it cannot read, and says so', async () => {
    const deps = depsOf([BAD, GOOD]);
    await listFindings(deps, { ...TABLES, limit: 50, json: true });
    expect(deps.ui.json).toMatchObject({
      findings: [{ findingId: ID }],
      unreadable: [{ findingId: 'cd'.repeat(32), error: expect.stringContaining('resourceStatus') }],
    });
    expect(deps.ui.remarks).toEqual([expect.stringMatching(/^warning: cdcd.* is left out: /)]);
  });
});
