import { type OperationShapes, operationShapes } from './shape.ts';

/** What of a request says which operation it is. */
export interface RestTarget {
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

interface RestRoute {
  readonly shapes: OperationShapes;
  readonly method: string;
  readonly level: Level;
  /** Parameters that the operation's URI has: `policy`, `list-type=2`. */
  readonly literals: readonly (readonly [string, string])[];
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
}

type Level = 'service' | 'bucket' | 'object';

/** Finds S3's operation of a request: by method, level, and what its query and headers must have. */
export type RestRouter = (target: RestTarget) => OperationShapes | undefined;

/** Reads the routes from an SDK client's operation schemas. */
export function restRouter(schemas: Readonly<Record<string, unknown>>): RestRouter {
  const routes = Object.values(schemas)
    .map(operationShapes)
    .flatMap((shapes) => (shapes ? toRoute(shapes) : []))
    .sort((a, b) => specificity(b) - specificity(a) || (a.shapes.name < b.shapes.name ? -1 : 1));
  return (target) => {
    const found = routes.filter((route) => matches(route, target));
    // Clients name the operation where method and path alone do not; only among those that match is that believed.
    const named = target.query.get('x-id');
    return (found.find(({ shapes }) => shapes.name === named) ?? found[0])?.shapes;
  };
}

function toRoute(shapes: OperationShapes): RestRoute[] {
  const [path, query = ''] = (shapes.http?.uri ?? '').split('?');
  if (shapes.http === undefined || (path !== '/' && path !== '/{Key+}')) return [];
  const { members, required = 0 } =
    shapes.input.kind === 'structure' ? shapes.input : { members: [], required: 0 };
  const needed = members.slice(0, required).map(({ traits = {} }) => traits);
  const hasBucket = members.some(({ name, traits }) => name === 'Bucket' && traits?.httpLabel);
  return [
    {
      shapes,
      method: shapes.http.method,
      level: path === '/' ? (hasBucket ? 'bucket' : 'service') : 'object',
      literals: [...new URLSearchParams(query)].filter(([name]) => name !== 'x-id'),
      requiredQuery: needed.flatMap(({ httpQuery }) => (typeof httpQuery === 'string' ? [httpQuery] : [])),
      requiredHeaders: needed.flatMap(({ httpHeader }) =>
        typeof httpHeader === 'string' ? [httpHeader.toLowerCase()] : [],
      ),
    },
  ];
}

function specificity({ literals, requiredQuery, requiredHeaders }: RestRoute): number {
  return literals.length + requiredQuery.length + requiredHeaders.length;
}

function matches(route: RestRoute, target: RestTarget): boolean {
  return (
    route.method === target.method &&
    route.level === levelOf(target) &&
    route.literals.every(([name, value]) =>
      value === '' ? target.query.has(name) : target.query.get(name) === value,
    ) &&
    route.requiredQuery.every((name) => target.query.has(name)) &&
    route.requiredHeaders.every((name) => target.headers[name] !== undefined)
  );
}

function levelOf({ bucket, key }: RestTarget): Level {
  if (bucket === undefined) return 'service';
  return key === undefined ? 'bucket' : 'object';
}
