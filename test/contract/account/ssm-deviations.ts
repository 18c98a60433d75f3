const NONE = 'does not have it';

/** Where moto (5.2) differs from AWS in Systems Manager: the name of the test, and what moto does instead. */
export const ssmDeviations: ReadonlyMap<string, string> = new Map([
  ['A parameter has a value, and a version for each that it had', 'shows no selector'],
  ['PutParameter refuses names that are none', 'takes spaces'],
  ['PutParameter refuses values that do not fit type, tier or pattern', 'takes any type'],
  ['SendCommand reaches managed instances only', 'reaches all'],
  ['SendCommand refuses the same instance twice', 'takes it'],
  ['SendCommand finds managed instances by their tags', NONE],
  ['Commands and invocations that do not exist are told', NONE],
  ['An instance is managed while it runs with a profile that allows it', NONE],
  ['DescribeInstanceInformation refuses filters that are none', NONE],
  ['An instance has a patch state once AWS-RunPatchBaseline ran', NONE],
  ['An association is of one document and instance, which is managed', NONE],
]);
