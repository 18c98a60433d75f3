import { Logger } from '@aws-lambda-powertools/logger';

/** JSON lines with the request's ID; LOG_LEVEL of serverless.yml sets the level. */
export const logger = new Logger({ serviceName: 'remediator' });
