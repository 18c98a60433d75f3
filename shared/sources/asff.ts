import * as z from 'zod/mini';
import { CONFIG_RULE, type Finding } from '../domain/finding.ts';
import {
  envelope,
  incomplete,
  isObject,
  keptDetail,
  name,
  optionalName,
  optionalText,
  readEvent,
  text,
  timeIn,
} from './envelope.ts';
import { located } from './located.ts';
import type { LazyFinding, Part } from './reading.ts';
import { green, judgementOf } from './severity.ts';

// Findings in the AWS Security Finding Format.
// https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html

export const WHAT = 'Security Hub';

const findingSchema = z.lazy(() =>
  z.looseObject({
    Id: text,
    ProductArn: optionalText,
    GeneratorId: optionalName,
    AwsAccountId: envelope.account,
    Region: optionalText,
    Types: z.catch(z.optional(z.array(z.string())), undefined),
    Title: optionalName,
    Severity: z.optional(
      z.nullable(z.looseObject({ Label: optionalText, Normalized: z.optional(z.nullable(z.number())) })),
    ),
    Compliance: z.optional(
      z.nullable(z.looseObject({ Status: optionalText, SecurityControlId: optionalName })),
    ),
    Workflow: z.optional(z.nullable(z.looseObject({ Status: optionalText }))),
    RecordState: optionalText,
    UpdatedAt: optionalText,
    ProductFields: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
  }),
);

type Asff = z.infer<typeof findingSchema>;

const resourceSchema = z.lazy(() =>
  z.looseObject({
    Id: optionalText,
    Type: optionalText,
    Region: optionalText,
  }),
);

/** What every event of Security Hub has around its findings. */
export interface Around {
  readonly source: string;
  readonly region: string;
  readonly time: string;
}

/** @throws RemediatorError EVENT_INCOMPLETE */
export function findingFromAsff(part: Part, { source, region, time }: Around): LazyFinding {
  const said = readEvent(findingSchema, part.finding, WHAT);
  const resource = part.resource === undefined ? {} : readEvent(resourceSchema, part.resource, WHAT);
  const names = namesIn(said);
  return {
    source,
    sourceFindingId: said.Id,
    ...names,
    ...located(WHAT, {
      id: resource.Id,
      type: resource.Type,
      account: said.AwsAccountId,
      regions: [resource.Region, said.Region, region],
      instead: `${names.checkName}/${said.Id}`,
    }),
    ...judged(said),
    ...severityIn(said),
    observedAt: timeIn(WHAT, { said: said.UpdatedAt, sent: time }),
    detail: () =>
      keptDetail(
        {
          ResourceId: resource.Id,
          ResourceType: resource.Type,
          SecurityControlId: names.checkId,
          ComplianceStatus: said.Compliance?.Status,
          WorkflowStatus: said.Workflow?.Status,
          [CONFIG_RULE]: configRuleIn(said.ProductFields),
          Resource: part.resource,
        },
        isObject(part.finding) ? part.finding : {},
      ),
  };
}

/** A control's ID: `EC2.19`. */
const CONTROL = /^[A-Za-z][A-Za-z0-9]*\.\d+$/;
/** Where standards keep their own controls apart, they put one of these before the ID, or before the title. */
const OF_STANDARD = /^(?:CT|PCI)\.(?=[A-Za-z])/;
const BEFORE_TITLE = /^(?:[A-Za-z0-9]+\.)+\d+\s+(?=\S)/;

/**
 * The AWS Config rule behind a control, where there is one.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-standards-awsconfigrules.html
 */
function configRuleIn(fields: Asff['ProductFields']): string | undefined {
  const name = fields?.['RelatedAWSResources:0/name'];
  const isRule = fields?.['RelatedAWSResources:0/type'] === 'AWS::Config::ConfigRule';
  return isRule && typeof name === 'string' ? name : undefined;
}

type Names = Pick<Finding, 'checkName'> & Partial<Pick<Finding, 'checkId' | 'checkAliases'>>;

/**
 * A control is its title and its ID, in any standard. What other products of AWS found is its type, since their titles name
 * the resource, too; what anybody else found is the rule that found it.
 */
function namesIn(said: Asff): Names {
  const { GeneratorId: generator, Title: title } = said;
  const [, company, product] = said.ProductArn?.match(/:product\/([^/]+)\/([^/]+)$/) ?? [];
  if (company === 'aws' && product === 'securityhub') return namesOfControl(said);
  const kind = company === 'aws' ? kindIn(said) : undefined;
  return named([kind, generator, title], kind ? [title, said.Types?.[0]] : [title]);
}

function namesOfControl(said: Asff): Names {
  const { GeneratorId: generator, Title: title, ProductFields: fields } = said;
  const own = typeof fields?.ControlId === 'string' ? fields.ControlId : undefined;
  const id = [said.Compliance?.SecurityControlId, own, generator?.split('/').at(-1)]
    .map((each) => each?.replace(OF_STANDARD, ''))
    .find((each) => each && CONTROL.test(each));
  const names = named([title?.replace(BEFORE_TITLE, ''), id, generator], [generator, title, own]);
  const aliases = names.checkAliases?.filter((each) => each !== id && /[A-Za-z]/.test(each));
  return { ...names, ...(id ? { checkId: id } : {}), ...(aliases ? { checkAliases: aliases } : {}) };
}

/** @throws RemediatorError EVENT_INCOMPLETE where nothing names the check */
function named(names: readonly (string | undefined)[], others: readonly (string | undefined)[]): Names {
  const checkName = names.find((each) => each?.trim());
  if (!checkName) throw incomplete(WHAT, 'Title: neither it nor GeneratorId names the check');
  const aliases = [...new Set(others)].filter(
    (each): each is string => Boolean(each?.trim()) && each !== checkName,
  );
  return { checkName, ...(aliases.length > 0 ? { checkAliases: aliases } : {}) };
}

/** The last part of `namespace/category/classifier`: titles of AWS's own products name the resource, too. */
function kindIn({ Types }: Asff): string | undefined {
  const kind = name.safeParse(Types?.[0]?.split('/').at(-1));
  return kind.success ? kind.data : undefined;
}

/** Who closed it, in whatever way, meant that nothing is to be done; then a check's word, then how bad it is. */
function judged({ RecordState, Workflow, Compliance, Severity }: Asff): Pick<Finding, 'status'> {
  if (RecordState === 'ARCHIVED')
    return green('ARCHIVED: the finding is archived, as where its resource is gone');
  if (Workflow?.Status === 'SUPPRESSED')
    return green('SUPPRESSED: a person or a rule suppressed the finding');
  if (Workflow?.Status === 'RESOLVED') return green('RESOLVED: a person or a rule resolved the finding');
  switch (Compliance?.Status ?? undefined) {
    case undefined:
      break;
    case 'PASSED':
      return { status: 'Green' };
    case 'FAILED':
      return { status: 'Red' };
    case 'WARNING':
      return { status: 'Yellow' };
    case 'NOT_AVAILABLE':
      return green('NOT_AVAILABLE: the check could not be made, or does not apply');
    default:
      throw incomplete(WHAT, `Compliance.Status: ${JSON.stringify(Compliance?.Status)} is none`);
  }
  const label = Severity?.Label ?? labelOf(Severity?.Normalized);
  const judgement = judgementOf(label);
  if (judgement) return judgement;
  throw incomplete(
    WHAT,
    `Severity: ${JSON.stringify(label ?? null)} is none, and there is no Compliance.Status`,
  );
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html */
function labelOf(normalized: number | null | undefined): string | undefined {
  if (normalized === undefined || normalized === null) return undefined;
  if (normalized >= 90) return 'CRITICAL';
  if (normalized >= 70) return 'HIGH';
  if (normalized >= 40) return 'MEDIUM';
  return normalized >= 1 ? 'LOW' : 'INFORMATIONAL';
}

function severityIn({ Severity }: Asff): Partial<Pick<Finding, 'severity'>> {
  const severity = Severity?.Label ?? labelOf(Severity?.Normalized);
  return severity ? { severity } : {};
}
