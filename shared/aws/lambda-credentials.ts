import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in the bundles for the SDK's chain of credential providers (serverless.yml, `alias`): Lambda puts its role's
 * credentials into the environment, and the other providers of the chain would be an eighth of each bundle.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const defaultProvider = () => fromEnv();
