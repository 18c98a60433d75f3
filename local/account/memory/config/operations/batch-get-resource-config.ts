import { z } from 'zod';
import { text } from '../../input.ts';
import { configOperation } from '../config-operation.ts';
import { configurationItem } from '../items.ts';

const resourceKey = z.strictObject({
  resourceType: text.regex(/^AWS::\w+::\w+$/, 'That is no type of resource.'),
  resourceId: text.min(1).max(768),
});

/**
 * The account's own resources as AWS Config has them recorded; those that there are none of, or of whose type nothing
 * is known here, are told to be unprocessed.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_BatchGetResourceConfig.html
 */
export const batchGetResourceConfig = configOperation({
  input: { resourceKeys: z.array(resourceKey).min(1).max(100) },
  run: ({ resourceKeys }, context) => {
    const found = resourceKeys.map((key) => ({ key, item: configurationItem(key, context) }));
    return {
      baseConfigurationItems: found.flatMap(({ item }) => (item ? [item] : [])),
      unprocessedResourceKeys: found.flatMap(({ key, item }) => (item ? [] : [key])),
    };
  },
});
