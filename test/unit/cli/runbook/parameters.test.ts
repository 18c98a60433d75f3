import { describe, expect, test } from 'vitest';
import { readParameters } from '../../../../cli/runbook/parameters.ts';
import type { Runbook } from '../../../../local/ssm/documents/runbook.ts';
import { validateDocument } from '../../../../local/ssm/documents/validate.ts';

const RUNBOOK = runbook(`
  Id: { type: 'AWS::EC2::Instance::Id', default: '' }
  Text: { type: String, default: '' }
  List: { type: StringList, default: [] }
  Number: { type: Integer, default: 0 }
  Flag: { type: Boolean, default: false }
  Map: { type: StringMap, default: {} }
  Maps: { type: MapList, default: [] }
`);

function runbook(parameters: string): Runbook {
  const { runbook, faults } = validateDocument(`schemaVersion: '0.3'
parameters:${parameters}
mainSteps: [{ name: A, action: 'aws:sleep', inputs: { Duration: PT0S } }]`);
  if (runbook === undefined) throw new Error(JSON.stringify(faults));
  return runbook;
}

describe('readParameters', () => {
  test.each([
    ['Text=a,b=c d', { Text: ['a,b=c d'] }],
    ['Text=["a"]', { Text: ['["a"]'] }],
    ['List=a, b', { List: ['a', 'b'] }],
    ['List=a', { List: ['a'] }],
    ['List=', { List: [] }],
    ['List=["a,b",1]', { List: ['a,b', '1'] }],
    ['Number=-3', { Number: ['-3'] }],
    ['Flag=True', { Flag: ['True'] }],
    ['Map={"a":{"b":1}}', { Map: ['{"a":{"b":1}}'] }],
    ['Maps=[{"a":1},{"b":2}]', { Maps: ['{"a":1}', '{"b":2}'] }],
    ['Maps={"a":1}', { Maps: ['{"a":1}'] }],
    [
      '{"Text":["x"],"List":["a","b"],"Number":3,"Flag":true,"Map":{"a":"b"}}',
      {
        Text: ['x'],
        List: ['a', 'b'],
        Number: ['3'],
        Flag: ['true'],
        Map: ['{"a":"b"}'],
      },
    ],
    ['{"Text":"a,List=b"}', { Text: ['a,List=b'] }],
    ['Map={"a":"b,Text=c"}', { Map: ['{"a":"b,Text=c"}'] }],
    ['{"Map":["{\\"a\\":\\"b\\"}"]}', { Map: ['{"a":"b"}'] }],
  ])('%s', (argument, parameters) => {
    expect(readParameters([argument], RUNBOOK)).toEqual(parameters);
  });

  test('takes several, and none where all have defaults', () => {
    expect(readParameters(['Text=a', 'Number=1'], RUNBOOK)).toEqual({ Text: ['a'], Number: ['1'] });
    expect(readParameters([], RUNBOOK)).toEqual({});
  });

  test.each([
    [['Nope=1'], 'there is no parameter Nope'],
    [['{"__proto__x":1}'], 'there is no parameter __proto__x'],
    [['Text=a', 'Text=b'], 'the parameter Text is given twice'],
    [['Number=three'], 'the parameter Number has to be a whole number, "three" is not'],
    [['Number=1.5'], 'the parameter Number has to be a whole number'],
    [['Flag=yes'], 'the parameter Flag has to be true or false'],
    [['Map=a'], 'the parameter Map has to be a map in JSON'],
    [['Map=[1]'], 'the parameter Map has to be a map in JSON'],
    [['Maps=[1]'], 'the parameter Maps has to be a list of maps in JSON'],
    [['{"Text":["a","b"]}'], 'the parameter Text has to be a string'],
    [['{"Text":null}'], 'the parameter Text has to be a string'],
    [['List=["a"'], 'the parameter List has to be a list: a,b or ["a","b"], "[\\"a\\"" is not'],
    [['Text='], 'the parameter Text has an empty value'],
    [['List=a,,b'], 'the parameter List has an empty value'],
    [[`Text=${'x'.repeat(513)}`], 'the parameter Text has a value of 513 characters, 512 are the most'],
    [[`List=${'x,'.repeat(50)}x`], 'the parameter List has 51 values, 50 are the most'],
    [['Text=a,List=b,c'], 'the parameter Text seems to have List in its value'],
    [['List=a,Text=b'], 'the parameter List seems to have Text in its value'],
  ])('refuses %j, and says what there is', (given, message) => {
    const read = () => readParameters(given, RUNBOOK);
    expect(read).toThrow(expect.objectContaining({ code: 'WRONG_PARAMETER' }));
    expect(read).toThrow(`--parameters: ${message}`);
    expect(read).toThrow('It takes Id (AWS::EC2::Instance::Id), Text (String), ');
  });

  test.each(['Text', '=a', '', '{"Text"', '[1]'])('refuses %j, which is no name=value', (argument) => {
    expect(() => readParameters([argument], RUNBOOK)).toThrow(/it has to be name=value, or a JSON object/);
  });

  test('names all that are missing, and marks them', () => {
    const strict = runbook(`
  A: { type: String }
  B: { type: StringList }
  C: { type: String, default: c }
`);
    expect(() => readParameters([], strict)).toThrow(
      '--parameters: A, B are missing. It takes A (String, required), B (StringList, required), C (String).',
    );
    expect(() => readParameters(['A=x'], strict)).toThrow('B is missing');
  });
});
