/** Services whose SDK package is not called as boto3, which runbooks follow, calls them; some signing names too. */
const PACKAGES: Readonly<Record<string, string>> = {
  apigateway: 'api-gateway',
  'application-autoscaling': 'application-auto-scaling',
  appmesh: 'app-mesh',
  autoscaling: 'auto-scaling',
  'autoscaling-plans': 'auto-scaling-plans',
  ce: 'cost-explorer',
  cloudhsmv2: 'cloudhsm-v2',
  'cognito-idp': 'cognito-identity-provider',
  config: 'config-service',
  cur: 'cost-and-usage-report-service',
  datapipeline: 'data-pipeline',
  devicefarm: 'device-farm',
  directconnect: 'direct-connect',
  discovery: 'application-discovery-service',
  dms: 'database-migration-service',
  ds: 'directory-service',
  'ds-data': 'directory-service-data',
  dynamodbstreams: 'dynamodb-streams',
  elasticbeanstalk: 'elastic-beanstalk',
  elasticloadbalancing: 'elastic-load-balancing',
  elb: 'elastic-load-balancing',
  elbv2: 'elastic-load-balancing-v2',
  email: 'ses',
  es: 'elasticsearch-service',
  events: 'eventbridge',
  globalaccelerator: 'global-accelerator',
  'iot-data': 'iot-data-plane',
  'iot-jobs-data': 'iot-jobs-data-plane',
  iotevents: 'iot-events',
  'iotevents-data': 'iot-events-data',
  iotwireless: 'iot-wireless',
  kinesisanalytics: 'kinesis-analytics',
  kinesisanalyticsv2: 'kinesis-analytics-v2',
  kinesisvideo: 'kinesis-video',
  'lex-models': 'lex-model-building-service',
  'lex-runtime': 'lex-runtime-service',
  'lexv2-models': 'lex-models-v2',
  'lexv2-runtime': 'lex-runtime-v2',
  logs: 'cloudwatch-logs',
  machinelearning: 'machine-learning',
  meteringmarketplace: 'marketplace-metering',
  mgh: 'migration-hub',
  monitoring: 'cloudwatch',
  resourcegroupstaggingapi: 'resource-groups-tagging-api',
  route53: 'route-53',
  route53domains: 'route-53-domains',
  s3control: 's3-control',
  secretsmanager: 'secrets-manager',
  serverlessrepo: 'serverlessapplicationrepository',
  servicecatalog: 'service-catalog',
  'servicecatalog-appregistry': 'service-catalog-appregistry',
  'sms-voice': 'pinpoint-sms-voice',
  states: 'sfn',
  stepfunctions: 'sfn',
  storagegateway: 'storage-gateway',
  tagging: 'resource-groups-tagging-api',
};

/** The one name under which accounts know a service: lower case, `tagging` for the Resource Groups Tagging API. */
export function canonicalService(service: string): string {
  const name = service.toLowerCase();
  return packageSuffix(name) === PACKAGES.tagging ? 'tagging' : name;
}

/** What follows `@aws-sdk/client-` in the name of a service's package. The caller has checked the characters. */
export function packageSuffix(service: string): string {
  const name = service.toLowerCase();
  return (Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined) ?? name;
}
