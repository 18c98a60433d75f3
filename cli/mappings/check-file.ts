import type { Catalogue } from './catalogue.ts';
import { checkRow } from './check-row.ts';
import type { FileFault } from './fault.ts';
import type { JsonPath } from './json-places.ts';
import type { MappingsFile, Row } from './mappings-file.ts';
import { didYouMean } from './nearest.ts';
import {
  exampleValues,
  fillParameters,
  fits,
  type PackParameters,
  parametersNamedIn,
} from './pack-parameters.ts';
import type { PackParameter } from './pack-schema.ts';

/** Everything that is wrong with a file. A pack's parameters are filled with its own examples for that. */
export async function checkFile(mappings: MappingsFile, catalogue: Catalogue): Promise<FileFault[]> {
  const { rows, parameters, pack } = mappings;
  const values = exampleValues(parameters);
  const faults = [...mappings.faults, ...parameterFaults(mappings)];
  const seen = new Set<string>();
  for (const { row, path } of rows) {
    const filled = fillParameters(row, values) as Row;
    const ofRow = await checkRow(filled, { catalogue, ofPack: pack !== undefined });
    faults.push(...ofRow.map((fault) => ({ ...fault, path: [...path, ...fault.path] })));
    const name = String(filled.checkName);
    if (seen.has(name))
      faults.push({
        path: [...path, 'checkName'],
        code: 'CheckTwice',
        message: `there is another row for ${JSON.stringify(name)}: the table has one for each check`,
      });
    seen.add(name);
  }
  return faults;
}

function parameterFaults({ rows, parameters, pack, unsound = [] }: MappingsFile): FileFault[] {
  const named = rows.map(({ row, path }) => ({ path, names: new Set(parametersNamedIn(row)) }));
  const undeclared = named.flatMap(({ path, names }) =>
    [...names]
      .filter((name) => !Object.hasOwn(parameters, name) && !unsound.includes(name))
      .map((name) => fault(path, name, parameters)),
  );
  if (pack === undefined) return undeclared;
  const unused = Object.keys(parameters).filter((name) => !named.some(({ names }) => names.has(name)));
  return [
    ...undeclared,
    ...Object.entries(parameters).flatMap(valueFaults),
    ...unused.map(
      (name): FileFault => ({
        path: ['parameters', name],
        on: 'key',
        code: 'UnusedPackParameter',
        severity: 'warning',
        message: `no row names \${param:${name}}`,
      }),
    ),
  ];
}

/** What a pack itself says a parameter is has to be one that it takes. */
function valueFaults([name, parameter]: readonly [string, PackParameter]): FileFault[] {
  return (['example', 'default'] as const).flatMap((attribute) => {
    const value = parameter[attribute];
    if (value === undefined || fits(parameter, value)) return [];
    const message = `the ${attribute} of ${name}, ${JSON.stringify(value)}, does not match ${parameter.pattern}`;
    return [{ path: ['parameters', name, attribute], code: 'WrongExample', message }];
  });
}

function fault(path: JsonPath, name: string, parameters: PackParameters): FileFault {
  return {
    path,
    code: 'UndeclaredPackParameter',
    message: `\${param:${name}} is not declared in the pack's parameters${didYouMean(name, Object.keys(parameters))}`,
  };
}
