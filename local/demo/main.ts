import { Command, Option } from 'commander';
import { startCloud } from '../cloud.ts';
import { exitWith, strictly, urlOf } from '../command.ts';
import { createClients } from './clients.ts';
import { TerminalNarrator } from './console.ts';
import { countReport, renderTable } from './report.ts';
import { SCENARIOS } from './scenarios/registry.ts';
import { World } from './world.ts';

const { json, scenario, ...options } = strictly(new Command('npm run demo --'))
  .description("Plays a day of Remediator on the laptop's cloud, and checks every step of it.")
  .addOption(
    new Option('--scenario <name>', 'what is played')
      .choices(Object.keys(SCENARIOS))
      .default('trusted-advisor'),
  )
  .option('--json', 'print one JSON object at the end, and nothing else')
  .option('--dynamodb <URL>', 'an empty DynamoDB to use in place of dynoxide', urlOf)
  .parse()
  .opts<{ json?: true; scenario: string; dynamodb?: string }>();

const startedAt = performance.now();
const print = (text: string) => process.stdout.write(`${text}\n`);
const narrator = new TerminalNarrator(json ? () => {} : print);

await using cloud = await startCloud({ port: 0, ...options }).catch(exitWith);
using clients = createClients(cloud.url);
const world = new World(cloud, clients);
narrator.step(`The laptop's cloud is up at ${cloud.url}.`);
const tell = await SCENARIOS[scenario]?.();
await tell?.(world, narrator);

const elapsedMs = Math.round(performance.now() - startedAt);
const report = await countReport(world, { expectationsFailed: narrator.failed, elapsedMs });
if (json) print(JSON.stringify(report));
else {
  print(`\n${await renderTable(world)}`);
  const verdict = narrator.failed === 0 ? 'Every expectation held' : `${narrator.failed} expectations failed`;
  print(`\n${verdict}, in ${(elapsedMs / 1000).toFixed(1)} s.`);
}
process.exitCode = narrator.failed === 0 ? 0 : 1;
