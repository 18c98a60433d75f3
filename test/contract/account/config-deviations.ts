const TIMES = 'writes times that are none in this protocol, so that the SDK cannot read the answer';

/** Where moto (5.2) differs from AWS in AWS Config: the name of the test, and what moto does instead. */
export const configDeviations: ReadonlyMap<string, string> = new Map([
  ['A bucket is known by its name', TIMES],
  ['A role is known by its ID, not its name', TIMES],
  ['A policy is known by its ID', TIMES],
  ['Resources of EC2 and KMS are known by their IDs', 'knows neither'],
  ['What AWS Config does not know is not processed', TIMES],
  ['BatchGetResourceConfig takes 1 to 100 keys of types that there are', 'takes none'],
  ['Rules are made, changed, shown and deleted', 'their IDs have dashes'],
  ['A rule that does not exist is neither shown nor deleted', 'shows none'],
  ['StartConfigRulesEvaluation needs rules that exist, 25 at most', 'does not have it'],
  ['StartConfigRulesEvaluation notes its time on the rules that it names, once a minute', 'does not have it'],
]);
