import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openCatalogue, readAwsRunbooks } from '../../../cli/mappings/catalogue.ts';
import { checkFile } from '../../../cli/mappings/check-file.ts';
import { runExample } from '../../../cli/mappings/examples.ts';
import { placed } from '../../../cli/mappings/fault.ts';
import { packNames } from '../../../cli/mappings/known-checks.ts';
import { packFile } from '../../../cli/mappings/load.ts';
import { type Row, readMappingsFile } from '../../../cli/mappings/mappings-file.ts';
import { exampleValues, fillParameters, parametersNamedIn } from '../../../cli/mappings/pack-parameters.ts';
import type { Example } from '../../../cli/mappings/pack-schema.ts';
import { toTableRow } from '../../../cli/mappings/table-row.ts';
import { mappingFrom } from '../../../shared/domain/mapping.ts';
import { checkParameters } from '../../../shared/domain/runbook.ts';
import { trustedAdvisorCheck } from '../../../shared/sources/trusted-advisor-checks.ts';
import { renderPackPage } from '../../helpers/pack-page.ts';

const catalogue = openCatalogue();
const packs = await Promise.all(packNames().map((name) => readMappingsFile(packFile(name))));
const rows = packs.flatMap((pack) =>
  pack.rows.map(({ row }) => {
    const filled = fillParameters(row, exampleValues(pack.parameters)) as Row;
    return { pack: pack.pack ?? '', checkName: String(filled.checkName), written: row, row: filled };
  }),
);
const inPack = (name: string) => rows.filter(({ pack }) => pack === name);
const titled = rows.map((each) => [`${each.pack}: ${each.checkName}`, each] as const);
const examplesOf = ({ examples }: Row) => examples as readonly Example[];

describe('the packs', () => {
  it('are these, with at least 60 rows', () => {
    expect(packNames()).toEqual([
      'cloudtrail',
      'containment',
      'essential-eight-theme-3',
      'security-hub-fsbp',
      'trusted-advisor-cost',
      'trusted-advisor-security',
    ]);
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(packs.map(({ pack }) => pack)).toEqual(packNames());
  });

  it.each(packs.map((pack) => [String(pack.pack), pack] as const))(
    '%s has no faults, nor warnings',
    async (_, pack) => {
      expect(placed(await checkFile(pack, catalogue), pack.places)).toEqual([]);
    },
  );

  it.each(packs.map((pack) => [String(pack.pack), pack] as const))('%s names its schema', (_, { file }) => {
    expect(JSON.parse(readFileSync(file, 'utf8')).$schema).toBe('./mapping-pack.schema.json');
  });

  it('have each check in one place: to install one never changes what another has brought', () => {
    const names = rows.map(({ checkName }) => checkName);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('hold twenty controls by their IDs', () => {
    const names = inPack('security-hub-fsbp').map(({ checkName }) => checkName);
    expect(names).toHaveLength(20);
    for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z0-9]+\.\d+$/);
  });

  it("name Trusted Advisor's checks as its events do: by these names their IDs are known", () => {
    const withoutId = [...inPack('trusted-advisor-security'), ...inPack('trusted-advisor-cost')]
      .map(({ checkName }) => checkName)
      .filter((name) => trustedAdvisorCheck(name)?.name !== name);
    expect(withoutId.sort()).toEqual([
      // Rules of AWS Config.
      'ec2-volume-inuse-check',
      'eip-attached',
    ]);
  });

  it("hold the eight rules of Essential Eight's theme 3 by the names that Config gives them", () => {
    expect(
      inPack('essential-eight-theme-3')
        .map(({ checkName }) => checkName)
        .sort(),
    ).toEqual([
      'ec2-instance-managed-by-systems-manager',
      'ec2-managedinstance-applications-blacklisted',
      'ec2-managedinstance-applications-required',
      'ec2-managedinstance-association-compliance-status-check',
      'ec2-managedinstance-patch-compliance-status-check',
      'iam-role-managed-policy-check',
      'required-tags',
      'restricted-common-ports',
    ]);
  });
});

describe('a row', () => {
  it.each(titled)('%s is a mapping as the table has it', (_, { row }) => {
    const mapping = mappingFrom(toTableRow(row));
    expect(mapping.executionMode).toBe(row.executionMode);
  });

  it.each(titled)(
    '%s gives exactly what its examples expect, and the runbook takes that',
    async (_, { row }) => {
      const runbook = await catalogue.find(String(row.ssmAutomationDocument));
      expect(runbook).toBeDefined();
      expect(examplesOf(row).some(({ expect: { ...outcome } }) => 'parameters' in outcome)).toBe(true);
      for (const example of examplesOf(row)) {
        const { actual, passed, expected } = runExample(row, example);
        expect(passed ? expected : actual).toEqual(expected);
        if (!('parameters' in actual) || runbook === undefined) continue;
        const parameters = [...runbook.parameters].map(([name, { required }]) => ({ name, required }));
        expect(() => checkParameters({ name: runbook.name, parameters }, actual.parameters)).not.toThrow();
      }
    },
  );

  it.each(titled)('%s says why, and how it is undone', (_, { row }) => {
    expect(String(row.why).length).toBeGreaterThan(40);
    expect(String(row.undo).length).toBeGreaterThan(10);
    expect(row.rollbackDocument === undefined).toBe(!/\banswer undo\b/.test(String(row.undo)));
  });

  it.each(titled)(
    '%s runs as a role that the pack is told: never as whoever starts it',
    async (_, { written }) => {
      for (const [document, template] of [
        [written.ssmAutomationDocument, written.automationParameters],
        [written.rollbackDocument, written.rollbackParameters],
      ]) {
        if (document === undefined) continue;
        const runbook = await catalogue.find(String(document));
        const role = [...(runbook?.parameters.keys() ?? [])].find((name) => /AssumeRole$/.test(name)) ?? '';
        const value = (template as Readonly<Record<string, readonly string[]>>)[role]?.[0];
        expect(parametersNamedIn(value)).toEqual([expect.stringMatching(/RoleArn$/)]);
      }
    },
  );
});

describe('modes', () => {
  /** What takes something away: from people, from resources, for good or for a while. */
  const CUTS =
    /^(Stop|Delete|Terminate|Contain|Isolate|Quarantine|Release|Revoke|Remove|Disable|Close|Restrict|Block|Deregister|Detach|Enforce|Drop|Expire|Archive|Private)$/;
  const words = (text: string) => text.match(/[A-Z][a-z0-9]*/g) ?? [];
  const cuts = ({ row }: (typeof rows)[number]) => {
    const parameters = Object.entries(row.automationParameters as object).flat(2);
    return (
      words(String(row.ssmAutomationDocument).replace(/^\w+-/, '')).some((word) => CUTS.test(word)) ||
      parameters.some((text) => words(String(text)).some((word) => CUTS.test(word)))
    );
  };

  it('the list finds what it is for', () => {
    const found = new Set(rows.filter(cuts).map(({ row }) => row.ssmAutomationDocument));
    for (const runbook of [
      'AWS-StopEC2Instance',
      'AWS-TerminateEC2Instance',
      'AWS-ReleaseElasticIP',
      'AWSConfigRemediation-DeleteUnusedEBSVolume',
      'AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock',
      'AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules',
      'AWS-DisablePublicAccessForSecurityGroup',
      'AWSSupport-ContainEC2Instance',
      'AWSSupport-ModifyEBSSnapshotPermission',
      'Remediator-IsolateEC2Instance',
      'Remediator-StopApplication',
    ])
      expect(found).toContain(runbook);
    expect(found).not.toContain('AWSConfigRemediation-CancelKeyDeletion');
  });

  it.each(titled.filter(([, each]) => cuts(each)))('%s asks first', (_, { row }) => {
    expect(['approval', 'dryRun', 'notify', 'off']).toContain(row.executionMode);
  });

  it('only these run by themselves', () => {
    const automatic = new Set(
      rows.filter(({ row }) => row.executionMode === 'automatic').map(({ row }) => row.ssmAutomationDocument),
    );
    expect([...automatic].sort()).toEqual([
      'AWSConfigRemediation-CancelKeyDeletion',
      'AWSConfigRemediation-EnableCloudTrailLogFileValidation',
      'AWSConfigRemediation-EnableEbsEncryptionByDefault',
      'Remediator-EnableCloudTrail',
      'Remediator-SetRequiredTags',
    ]);
  });

  it('what runs by itself has a limit', () => {
    for (const { row } of rows.filter(({ row: { executionMode } }) => executionMode === 'automatic'))
      expect(row).toSatisfy((each: Row) => each.stopAfter !== undefined || each.maxConcurrent !== undefined);
  });
});

describe('docs/packs.md', () => {
  it('is made of the packs (vitest -u writes it anew)', async () => {
    const page = renderPackPage({ packs, runbooks: readAwsRunbooks().runbooks });
    await expect(page).toMatchFileSnapshot('../../../docs/packs.md');
  });
});
