import { z } from 'zod';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
export const objectOwnership = z.enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']);
