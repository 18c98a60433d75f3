import { DescribeDocumentCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { isAwsError } from '../../shared/aws/errors.ts';
import { NotAws } from '../aws/faults.ts';
import type { Catalogue, ParameterDescription, RunbookDescription } from './catalogue.ts';

/**
 * Runbooks as an account has them: DescribeDocument says which parameters there are and which have defaults; what else
 * is known of them the bundled catalogue adds.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeDocument.html
 */
export function openLiveCatalogue(client: SSMClient, bundled: Catalogue): Catalogue {
  const asked = new Map<string, Promise<RunbookDescription | undefined>>();
  return {
    names: bundled.names,
    isComplete: true,
    find(name) {
      const answer = asked.get(name) ?? describe(client, name, bundled);
      asked.set(name, answer);
      return answer;
    },
  };
}

async function describe(
  client: SSMClient,
  name: string,
  bundled: Catalogue,
): Promise<RunbookDescription | undefined> {
  const known = await bundled.find(name);
  try {
    const { Document } = await client.send(new DescribeDocumentCommand({ Name: name }));
    if (Document === undefined) throw new NotAws('DescribeDocument', 'Document');
    // Run Command's documents are no runbooks.
    if (Document.DocumentType !== undefined && Document.DocumentType !== 'Automation') return undefined;
    const parameters = (Document.Parameters ?? []).map(
      ({ Name = '', Type, DefaultValue }): [string, ParameterDescription] => {
        const { allowedValues, allowedPattern } = known?.parameters.get(Name) ?? {};
        const required = DefaultValue === undefined;
        return [Name, { type: Type, required, default: DefaultValue, allowedValues, allowedPattern }];
      },
    );
    return { name, parameters: new Map(parameters) };
  } catch (error) {
    if (isAwsError(error, 'InvalidDocument', 'ValidationException')) return undefined;
    throw error;
  }
}
