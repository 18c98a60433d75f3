import type { JsonObject } from '../../service.ts';
import type { QueryDialect } from './query-request.ts';
import type { Shape } from './shape.ts';
import { DECLARATION, element, escapeXml } from './xml.ts';
import { writeMembers } from './xml-members.ts';

export interface QueryAnswer {
  readonly operation: string;
  readonly output: JsonObject;
  readonly shape: Shape;
  readonly dialect: QueryDialect;
  readonly namespace: string;
  readonly requestId: string;
}

/** The XML body of a successful call. EC2 puts members beside the request's ID, the others nest them in a result. */
export function writeQueryAnswer(answer: QueryAnswer): string {
  const { operation, requestId, shape, dialect } = answer;
  const body = shape.kind === 'structure' ? writeMembers(answer.output, shape.members) : '';
  const content =
    dialect === 'ec2'
      ? element('requestId', escapeXml(requestId)) +
        (shape.kind === 'unit' ? element('return', 'true') : body)
      : element(`${operation}Result`, body) +
        element('ResponseMetadata', element('RequestId', escapeXml(requestId)));
  const root = `${operation}Response`;
  return `${DECLARATION}<${root} xmlns="${escapeXml(answer.namespace)}">${content}</${root}>`;
}
