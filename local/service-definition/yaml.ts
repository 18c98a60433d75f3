import { type CollectionTag, Pair, parseDocument, Scalar, type ScalarTag, YAMLMap, type YAMLSeq } from 'yaml';
import { ServiceDefinitionError } from './errors.ts';

/** CloudFormation's short forms; `Ref` and `Condition` have no `Fn::` before them in the long one. */
const shortForms = [
  'Ref',
  'Condition',
  'GetAtt',
  'Sub',
  'Join',
  'Select',
  'Split',
  'If',
  'Equals',
  'And',
  'Or',
  'Not',
  'FindInMap',
  'ImportValue',
  'Base64',
  'Cidr',
  'GetAZs',
  'Transform',
] as const;

const longForm = (name: string): string => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

function scalarTag(name: string): ScalarTag {
  return {
    tag: `!${name}`,
    resolve: (text: string) => ({
      [longForm(name)]: name === 'GetAtt' ? splitAttribute(text) : text,
    }),
  };
}

function collectionTag(name: string, collection: 'map' | 'seq'): CollectionTag {
  return {
    tag: `!${name}`,
    collection,
    // Kept as nodes, so that nested tags and anchors inside are resolved with the rest of the document.
    resolve: (value: YAMLMap.Parsed | YAMLSeq.Parsed) => {
      const map = new YAMLMap();
      map.items.push(new Pair(new Scalar(longForm(name)), value));
      return map;
    },
  };
}

function splitAttribute(text: string): [string, string] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}

const customTags = shortForms.flatMap((name) => [
  scalarTag(name),
  collectionTag(name, 'seq'),
  collectionTag(name, 'map'),
]);

/**
 * Parses YAML (or JSON, which is YAML) with CloudFormation's tags in their long form.
 * @throws ServiceDefinitionError that names file and line
 */
export function parseYaml(text: string, file: string): unknown {
  const document = parseDocument(text, { customTags, merge: true, prettyErrors: true });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const line = problem.linePos?.[0].line;
    const first = problem.message.split('\n')[0] ?? problem.message;
    throw new ServiceDefinitionError(line === undefined ? file : `${file}:${line}`, first.replace(/:$/, ''), {
      cause: problem,
    });
  }
  return document.toJS();
}
