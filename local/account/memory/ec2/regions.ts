/** The commercial regions, and whether an account has to opt in. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const REGIONS: ReadonlyMap<string, boolean> = new Map([
  ...[
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ].map((name) => [name, false] as const),
  ...[
    'af-south-1',
    'ap-east-1',
    'ap-south-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-7',
    'ca-west-1',
    'eu-central-2',
    'eu-south-1',
    'eu-south-2',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'mx-central-1',
  ].map((name) => [name, true] as const),
]);

const DIRECTIONS = [
  'northeast',
  'northwest',
  'southeast',
  'southwest',
  'north',
  'east',
  'south',
  'west',
  'central',
];

/** How a region is written in zone IDs: `use1` of `us-east-1`. */
export function shortRegion(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-');
  const parts = /^(north|south)(east|west)$/.exec(direction)?.slice(1);
  const short = DIRECTIONS.includes(direction)
    ? (parts ?? [direction]).map((part) => part[0]).join('')
    : direction;
  return area + short + number;
}
