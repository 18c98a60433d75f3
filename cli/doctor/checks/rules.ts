import {
  DescribeRuleCommand,
  type DescribeRuleCommandOutput,
  type EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListTargetsByRuleCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import type { FunctionDefinition } from '../../../local/service-definition/service-definition.ts';
import { type Check, fail, fewAtATime, orPass, type Result, warn } from '../check.ts';
import { eventsOf } from '../clients.ts';

const DEPLOY = 'deploy the stack again (npx osls deploy)';
/** Trusted Advisor sends its events there alone. https://docs.aws.amazon.com/awssupport/latest/user/cloudwatch-events-ta.html */
const TRUSTED_ADVISOR_REGION = 'us-east-1';

/** Rules that hand events to functions, and the schedule of the reconciler. */
export const rules: Check = {
  id: 'rules',
  group: 'Events',
  title: 'rules are there, enabled, and have their targets',
  async run({ aws, stack }) {
    const client = await eventsOf(aws);
    const pairs = stack.functions.flatMap((fn) => fn.eventRules.map(({ name }) => ({ fn, name })));
    const wrong = await fewAtATime(pairs, ({ fn, name }) => look(client, fn, name));
    const timers = stack.functions.filter((fn) => fn.schedules.length > 0);
    const late = await fewAtATime(timers, (fn) => schedule(client, fn));
    const elsewhere =
      stack.region === TRUSTED_ADVISOR_REGION
        ? []
        : [
            warn(
              `the stack is in ${stack.region}: Trusted Advisor sends its events to ${TRUSTED_ADVISOR_REGION} alone`,
              `deploy to ${TRUSTED_ADVISOR_REGION}, or let a rule there forward them`,
            ),
          ];
    return orPass(
      [...wrong.flat(), ...late.flat(), ...elsewhere],
      `${pairs.length} rules and ${timers.length} schedule are enabled`,
    );
  },
};

async function look(
  client: EventBridgeClient,
  fn: FunctionDefinition,
  name: string,
): Promise<readonly Result[]> {
  const rule = await describe(client, name);
  if (rule === undefined) return [fail(`there is no rule ${name}`, DEPLOY)];
  const off = disabled(fn, rule);
  if (off !== undefined) return [off];
  const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: name }));
  return Targets.some(({ Arn }) => Arn === fn.functionArn)
    ? []
    : [fail(`the rule ${name} does not call ${fn.functionName}`, DEPLOY)];
}

/** Findings' sources can be switched off on deploying; all else is needed. */
function disabled(fn: FunctionDefinition, { Name, State, EventPattern }: DescribeRuleCommandOutput) {
  if (State === undefined || State.startsWith('ENABLED')) return undefined;
  const isSource = fn.eventRules.length > 1;
  const what = `the rule ${Name} is ${State}${EventPattern === undefined ? '' : ` (${EventPattern.slice(0, 120)})`}`;
  return isSource
    ? warn(what, `right where this source was switched off; else aws events enable-rule --name ${Name}`)
    : fail(what, `aws events enable-rule --name ${Name}`);
}

async function describe(
  client: EventBridgeClient,
  Name: string,
): Promise<DescribeRuleCommandOutput | undefined> {
  try {
    return await client.send(new DescribeRuleCommand({ Name }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** CloudFormation gives schedules names of its own. */
async function schedule(client: EventBridgeClient, fn: FunctionDefinition): Promise<readonly Result[]> {
  const { RuleNames = [] } = await client.send(
    new ListRuleNamesByTargetCommand({ TargetArn: fn.functionArn }),
  );
  const found = await fewAtATime(RuleNames, (name) => describe(client, name));
  const timers = found.filter((rule) => rule?.ScheduleExpression !== undefined);
  if (timers.length === 0) return [fail(`no schedule calls ${fn.functionName}`, DEPLOY)];
  return timers.flatMap((rule) => {
    const off = rule && disabled(fn, rule);
    return off === undefined ? [] : [off];
  });
}
