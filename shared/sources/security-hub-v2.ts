import * as z from 'zod/mini';
import { CONFIG_RULE, type Finding, parseArn } from '../domain/finding.ts';
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
import { type LazyFinding, type Part, partsOf, type Reading } from './reading.ts';
import { green, judgementOf } from './severity.ts';

/**
 * Security Hub (the second one): findings in the Open Cybersecurity Schema Framework.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-ocsf.html
 */
export const DETAIL_TYPES: readonly string[] = ['Findings Imported V2'];
export const SOURCES: readonly string[] = ['aws.securityhub'];

const WHAT = 'Security Hub V2';

const eventSchema = z.looseObject(envelope);

const optionalNumber = z.catch(z.optional(z.number()), undefined);
const account = z.optional(z.nullable(z.looseObject({ uid: optionalText })));

const findingSchema = z.lazy(() =>
  z.looseObject({
    activity_id: optionalNumber,
    severity_id: optionalNumber,
    status_id: optionalNumber,
    cloud: z.optional(z.nullable(z.looseObject({ account, region: optionalText }))),
    compliance: z.optional(
      z.nullable(z.looseObject({ status: optionalText, status_id: optionalNumber, control: optionalName })),
    ),
    finding_info: z.looseObject({
      uid: text,
      title: optionalName,
      types: z.catch(z.optional(z.array(z.string())), undefined),
      analytic: z.catch(z.optional(z.looseObject({ category: optionalText, name: optionalText })), undefined),
      modified_time_dt: optionalText,
      created_time_dt: optionalText,
    }),
    severity: optionalText,
    status: optionalText,
    vulnerabilities: z.catch(
      z.optional(z.array(z.looseObject({ cve: z.looseObject({ uid: name }) }))),
      undefined,
    ),
  }),
);

type Ocsf = z.infer<typeof findingSchema>;

const resourceSchema = z.lazy(() =>
  z.looseObject({
    type: optionalText,
    uid: optionalText,
    uid_alt: optionalText,
    region: optionalText,
    owner: z.optional(z.nullable(z.looseObject({ account }))),
  }),
);

export function readingsFromSecurityHubV2(event: unknown): readonly Reading[] {
  return partsOf(event, 'resources').map((part) => () => findingFromOcsf(event, part));
}

function findingFromOcsf(event: unknown, part: Part): LazyFinding {
  const { source, region, time } = readEvent(eventSchema, event, WHAT);
  const said = readEvent(findingSchema, part.finding, WHAT);
  const resource = part.resource === undefined ? {} : readEvent(resourceSchema, part.resource, WHAT);
  const { finding_info: info, cloud } = said;
  const { analytic } = info;
  const names = namesIn(said);
  const severity = severityIn(said);
  return {
    source,
    sourceFindingId: info.uid,
    ...names,
    ...located(WHAT, {
      id: idOf(resource),
      type: resource.type,
      account: accountIn(
        resource.owner?.account?.uid ??
          cloud?.account?.uid ??
          parseArn(idOf(resource)?.trim() ?? '')?.account,
      ),
      regions: [resource.region, cloud?.region, region],
      instead: `${names.checkName}/${info.uid}`,
    }),
    ...judged(said),
    ...(severity ? { severity } : {}),
    observedAt: timeIn(WHAT, { said: info.modified_time_dt ?? info.created_time_dt, sent: time }),
    // Whoever suppresses a finding makes nothing of what was seen newer.
    orderedAt: timeIn(WHAT, { said: undefined, sent: time }),
    detail: () =>
      keptDetail(
        {
          title: info.title,
          resourceUid: resource.uid,
          resourceType: resource.type,
          control: said.compliance?.control,
          [CONFIG_RULE]: analytic?.category === 'AWS::Config::ConfigRule' ? analytic.name : undefined,
          resource: part.resource,
        },
        isObject(part.finding) ? part.finding : {},
      ),
  };
}

/** A resource's `uid` is an ID or an ARN; beside an ID its ARN may be in `uid_alt`. */
function idOf({ uid, uid_alt: other }: z.infer<typeof resourceSchema>): string | null | undefined {
  return uid && other && !parseArn(uid) && parseArn(other)?.resource.endsWith(uid) ? other : uid || other;
}

function accountIn(uid: string | null | undefined): string {
  if (uid && /^\d{12}$/.test(uid)) return uid;
  throw incomplete(WHAT, `cloud.account.uid: ${JSON.stringify(uid ?? null)} is none`);
}

/** A control is its title and its ID; a threat its type; a vulnerability or a kind of data what its types end in. */
function namesIn({ finding_info: { title, types = [] }, compliance, vulnerabilities = [] }: Ocsf) {
  const control = compliance?.control;
  const kinds = types.filter((type) => name.safeParse(type).success);
  const kind = kinds.find((type) => type.includes(':')) ?? kinds[0]?.split('/').at(-1);
  const checkName = control ? (title ?? control) : (kind ?? title);
  if (!checkName) throw incomplete(WHAT, 'finding_info.title: neither it nor a type names the check');
  const cves = vulnerabilities.slice(0, 3).map(({ cve }) => cve.uid);
  const aliases = [...new Set([...cves, title])].filter(
    (each): each is string => Boolean(each) && each !== checkName,
  );
  return {
    checkName,
    ...(control ? { checkId: control } : {}),
    ...(aliases.length > 0 ? { checkAliases: aliases } : {}),
  };
}

// Beside each word OCSF has its number, and only the number must be there.
// https://schema.ocsf.io/1.6.0/classes/compliance_finding
const STATUS_IDS = ['unknown', 'new', 'in progress', 'suppressed', 'resolved', 'archived', 'deleted'];
const COMPLIANCE_IDS = ['unknown', 'pass', 'warning', 'fail'];
const SEVERITY_IDS = ['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical', 'Fatal'];

const wordOr = (word: string | null | undefined, words: readonly string[], id: number | undefined) =>
  word?.trim() ? word.trim() : words[id ?? -1];

function severityIn({ severity, severity_id }: Ocsf): string | undefined {
  return wordOr(severity, SEVERITY_IDS, severity_id);
}

const CLOSED: ReadonlyMap<string, string> = new Map([
  ['suppressed', 'SUPPRESSED: a person or a rule suppressed the finding'],
  ['resolved', 'RESOLVED: the finding is resolved'],
  ['archived', 'ARCHIVED: the finding is archived'],
  ['deleted', 'DELETED: the finding is deleted'],
]);
const CLOSE = 3;

function judged(said: Ocsf): Pick<Finding, 'status'> {
  const { activity_id, status_id, compliance } = said;
  const closed = CLOSED.get(wordOr(said.status, STATUS_IDS, status_id)?.toLowerCase() ?? '');
  if (closed) return green(closed);
  if (activity_id === CLOSE) return green('CLOSED: the finding is closed');
  switch (wordOr(compliance?.status, COMPLIANCE_IDS, compliance?.status_id)?.toLowerCase()) {
    case undefined:
      break;
    case 'pass':
      return { status: 'Green' };
    case 'fail':
      return { status: 'Red' };
    case 'warning':
      return { status: 'Yellow' };
    case 'unknown':
    case 'other':
      return green('NOT_AVAILABLE: the check could not be made, or does not apply');
    default:
      throw incomplete(WHAT, `compliance.status: ${JSON.stringify(compliance?.status)} is none`);
  }
  const severity = severityIn(said);
  const judgement = judgementOf(severity);
  if (judgement) return judgement;
  throw incomplete(WHAT, `severity: ${JSON.stringify(severity ?? null)} is none`);
}
