import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { clock } from '../../../../../cli/doctor/checks/clock.ts';
import { documents } from '../../../../../cli/doctor/checks/documents.ts';
import { exceptions } from '../../../../../cli/doctor/checks/exceptions.ts';
import { guards, opsItems } from '../../../../../cli/doctor/checks/guards.ts';
import { mappings } from '../../../../../cli/doctor/checks/mappings.ts';
import {
  adaptiveConcurrency,
  automations,
  lambdaConcurrency,
  serviceQuotas,
} from '../../../../../cli/doctor/checks/quotas.ts';
import { mappingRow, PORTS_CHECK } from '../../../../helpers/cloud.ts';
import { type Answers, deployed, fault, linesOf, NOW } from '../doctor.fixture.ts';

const rows = (...items: object[]): Answers => ({
  Scan: () => ({ Items: items.map((item) => marshall(item)) }),
});

describe('mappings', () => {
  it.each([
    ['good ones', [mappingRow()], ['pass: 1 mapping: 1 automatic']],
    ['none', [], [expect.stringMatching(/^warn: there is no mapping/)]],
    [
      'a pause',
      [mappingRow(), { checkName: '*', executionMode: 'off' }],
      [expect.stringMatching(/^warn: .*paused/)],
    ],
    [
      'a broken row',
      [mappingRow({ executionMode: 'sometimes' })],
      [expect.stringMatching(/^fail: the row Security .* broken/)],
    ],
    [
      'a broken pattern',
      [mappingRow({ regexPattern: '(' })],
      [expect.stringMatching(/^fail: .*regexPattern/)],
    ],
  ])('%s', async (_, items, lines) => {
    expect(linesOf(await mappings.run(deployed(rows(...items))))).toEqual(lines);
  });

  it('a broken row * is said once, and first', async () => {
    const lines = linesOf(await mappings.run(deployed(rows({ checkName: '*', typo: 1 }, mappingRow()))));
    expect(lines[0]).toMatch(/^fail: the row \* is broken, and nothing is started/);
  });
});

describe('runbooks of the mappings', () => {
  const parameters = [{ Name: 'GroupId' }, { Name: 'AutomationAssumeRole', DefaultValue: '' }];
  const document = (change: object = {}) => ({
    DescribeDocument: () => ({
      Document: { DocumentType: 'Automation', Status: 'Active', Parameters: parameters, ...change },
    }),
  });
  const run = async (answers: Answers, ...items: object[]) =>
    linesOf(
      await documents.run(deployed({ ...rows(...(items.length > 0 ? items : [mappingRow()])), ...answers })),
    );

  it('can be started', async () => {
    expect(await run(document())).toEqual([
      'pass: 1 runbook can be started, with the parameters of the mappings',
    ]);
  });

  it.each([
    ['does not exist', { DescribeDocument: () => fault('InvalidDocument') }, /does not exist here/],
    ['is another kind of document', document({ DocumentType: 'Command' }), /is a Command document/],
    ['is not ready', document({ Status: 'Failed' }), /is Failed/],
    ['takes other parameters', document({ Parameters: [parameters[1]] }), /has no parameter GroupId/],
    ['demands more', document({ Parameters: [...parameters, { Name: 'Extra' }] }), /demands Extra/],
  ])('one %s', async (_, answers, line) => {
    expect(await run(answers)).toEqual([expect.stringMatching(line)]);
  });

  it('that AWS owns, and the laptop has no stand-in for, are not wrong there', async () => {
    const there = rows(
      mappingRow({ checkName: 'a', ssmAutomationDocument: 'AWSSupport-ContainIAMPrincipal' }),
      mappingRow({ checkName: 'b', ssmAutomationDocument: 'AWSConfigRemediation-CancelKeyDeletion' }),
      mappingRow({ checkName: 'c', ssmAutomationDocument: 'Mine' }),
    );
    const answers = { ...there, DescribeDocument: () => fault('InvalidDocument') };
    const lines = linesOf(await documents.run(deployed(answers, { isLaptop: true })));
    expect(lines).toEqual([
      expect.stringMatching(/^fail: c: Mine does not exist here/),
      'skip: 2 runbooks that AWS owns have no stand-in on the laptop, and start nothing here: AWSConfigRemediation-CancelKeyDeletion, AWSSupport-ContainIAMPrincipal',
    ]);
  });

  it('that undo something, and templates that cannot be read, count too', async () => {
    const rollback = { rollbackDocument: 'Undo', rollbackParameters: '{"Nope": ["x"]}' };
    const lines = await run(document(), mappingRow(rollback));
    expect(lines).toContainEqual(expect.stringMatching(`fail: ${PORTS_CHECK}: Undo has no parameter Nope`));
    expect(await run(document(), mappingRow({ automationParameters: '{' }))).toEqual([
      expect.stringMatching(/^fail: .*(is not JSON|cannot be given)/),
    ]);
  });
});

describe('breakers', () => {
  it('none, a storm, a failure breaker', async () => {
    const quiet = { guardId: 'check#a', checkName: 'a' };
    expect(linesOf(await guards.run(deployed(rows(quiet))))).toEqual(['pass: no breaker is open']);
    const results = await guards.run(
      deployed(
        rows(
          { ...quiet, storm: { openedAt: '2026-05-13T11:00:00Z' } },
          { guardId: 'check#b', breaker: { openedAt: '2026-05-13T10:00:00Z' } },
        ),
      ),
    );
    expect(linesOf(results)).toEqual([
      'warn: a: stopped as a storm since 2026-05-13T11:00:00Z',
      'warn: b: its failure breaker is open since 2026-05-13T10:00:00Z',
    ]);
  });
});

describe('quotas', () => {
  const month = (count: number, of = '2026-05') => ({ guardId: `ops-items#123456789012#${of}`, count });

  it.each([
    ['few', [month(100)], ['pass: 100 of 9000 are opened']],
    ['nearly all', [month(8000)], [expect.stringMatching(/^warn: 8000 of 9000/)]],
    ['all', [month(9000)], [expect.stringMatching(/findings share one until the month ends/)]],
    ['of another month', [month(9000, '2026-04')], ['pass: 0 of 9000 are opened']],
  ])('OpsItems: %s', async (_, items, lines) => {
    expect(linesOf(await opsItems.run(deployed(rows(...items))))).toEqual(lines);
  });

  it('adaptive concurrency', async () => {
    const setting = (SettingValue: string) =>
      adaptiveConcurrency.run(deployed({ GetServiceSetting: () => ({ ServiceSetting: { SettingValue } }) }));
    expect(await setting('True')).toMatchObject([{ verdict: 'pass' }]);
    expect(await setting('False')).toMatchObject([
      { verdict: 'warn', remedy: expect.stringMatching(/update-service-setting/) },
    ]);
  });

  it('runbooks that run now, through all pages', async () => {
    const running = (count: number) =>
      automations.run(
        deployed({
          DescribeAutomationExecutions: ({ NextToken }) => ({
            AutomationExecutionMetadataList: Array.from({ length: count / 2 }, () => ({})),
            ...(NextToken === undefined ? { NextToken: 'more' } : {}),
          }),
        }),
      );
    expect(linesOf(await running(10))).toEqual(['pass: 10 run, of 100']);
    expect(await running(90)).toMatchObject([{ verdict: 'warn', found: expect.stringMatching(/^90 run/) }]);
  });

  it("Lambda's concurrency, and what Service Quotas lists", async () => {
    const free = (UnreservedConcurrentExecutions: number) =>
      lambdaConcurrency.run(
        deployed({
          GetAccountSettings: () => ({
            AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions },
          }),
        }),
      );
    expect(linesOf(await free(900))).toEqual(['pass: 900 of 1000 are not reserved']);
    expect(await free(10)).toMatchObject([{ verdict: 'warn' }]);
    const quotas = (...Quotas: object[]) =>
      serviceQuotas.run(deployed({ ListServiceQuotas: () => ({ Quotas }) }));
    expect(linesOf(await quotas({ QuotaName: 'Automation x', Value: 5 }, { QuotaName: 'y' }))).toEqual([
      'pass: Automation x 5',
    ]);
    expect(await quotas()).toMatchObject([{ verdict: 'skip' }]);
  });
});

describe('exceptions, and the clock', () => {
  it('counts those that have ended', async () => {
    const exception = { resource: 'r', owner: 'o', reason: 'w' };
    const at = NOW.getTime() / 1000;
    const items = [
      { ...exception, checkName: 'a', expiresAt: at - 1 },
      { ...exception, checkName: 'b', expiresAt: at + 1 },
    ];
    expect(linesOf(await exceptions.run(deployed(rows(...items))))).toEqual([
      expect.stringMatching(/^pass: 2 exceptions, 1 of them ended/),
    ]);
  });

  it.each([
    [0, /^pass/],
    [90_000, /^warn: 90 s behind/],
    [-90_000, /^warn: 90 s ahead of/],
  ])('%i ms of skew', async (ms, line) => {
    const serverTime = { said: new Date(NOW.getTime() + ms), at: NOW };
    expect(linesOf(await clock.run(deployed({}, { serverTime })))).toEqual([expect.stringMatching(line)]);
  });
});
