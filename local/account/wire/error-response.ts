import type { AwsError } from '../../aws-error.ts';
import type { AccountHttpRequest, AccountHttpResponse } from '../account.ts';
import { DECLARATION, element, escapeXml } from './xml.ts';

/** An error in the form in which the service that was asked would write it. */
export function writeError(
  request: AccountHttpRequest,
  error: AwsError,
  requestId: string,
): AccountHttpResponse {
  const code = element('Code', escapeXml(error.code));
  const message = element('Message', escapeXml(error.message));
  const identifier = escapeXml(requestId);
  if (request.service === 'ec2') {
    const errors = element('Errors', element('Error', code + message));
    return xml(element('Response', errors + element('RequestID', identifier)), error, requestId);
  }
  if (request.service === 's3') {
    const details = Object.entries(error.details).map(([name, value]) =>
      element(name, escapeXml(String(value))),
    );
    const content = [code, message, ...details, element('RequestId', identifier)].join('');
    const response = xml(element('Error', content), error, requestId);
    return request.method === 'HEAD' ? { ...response, body: '' } : response;
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const type = element('Type', error.statusCode < 500 ? 'Sender' : 'Receiver');
    const inner = element('Error', type + code + message) + element('RequestId', identifier);
    return xml(element('ErrorResponse', inner), error, requestId);
  }
  return {
    statusCode: error.statusCode,
    headers: {
      'content-type': request.headers['content-type'] ?? 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
    },
    body: JSON.stringify({ ...error.details, __type: error.code, message: error.message }),
  };
}

function xml(content: string, error: AwsError, requestId: string): AccountHttpResponse {
  return {
    statusCode: error.statusCode,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: DECLARATION + content,
  };
}
