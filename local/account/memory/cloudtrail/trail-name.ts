import { AwsError } from '../../../aws-error.ts';

/** What a trail's name must be, each with CloudTrail's words for one that is not. */
const RULES: readonly (readonly [isMet: (name: string) => boolean, message: (name: string) => string])[] = [
  [(name) => name.trim() !== '', () => 'Trail name or ARN can not be blank.'],
  [
    (name) => /^[a-zA-Z0-9._-]*$/.test(name),
    () =>
      'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
  ],
  [
    (name) => name.length >= 3,
    (name) =>
      `Trail name too short. Minimum allowed length: 3 characters. Specified name length: ${name.length} characters.`,
  ],
  [
    (name) => name.length <= 128,
    (name) =>
      `Trail name too long. Maximum allowed length: 128 characters. Specified name length: ${name.length} characters.`,
  ],
  [(name) => /^[a-zA-Z0-9]/.test(name), () => 'Trail name must starts with a letter or number.'],
  [(name) => /[a-zA-Z0-9]$/.test(name), () => 'Trail name must ends with a letter or number.'],
  [
    (name) => !/[._-]{2}/.test(name),
    () => 'Trail name can not have adjacent periods, underscores or dashes.',
  ],
  [(name) => !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name), () => 'Trail name can not be an IP address.'],
];

/**
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html
 * @throws AwsError InvalidTrailNameException
 */
export function assertTrailName(name: string): void {
  const broken = RULES.find(([isMet]) => !isMet(name));
  if (broken) throw new AwsError('InvalidTrailNameException', broken[1](name));
}
