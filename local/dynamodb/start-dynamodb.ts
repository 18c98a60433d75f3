import { startDynoxide } from './dynoxide.ts';
import { DynamoDbError } from './errors.ts';
import { findBinary } from './find-binary.ts';
import { probeDynamoDb } from './probe.ts';

/** The DynamoDB behind the laptop's cloud. */
export interface DynamoDb extends AsyncDisposable {
  readonly url: string;
  close(): Promise<void>;
}

export interface DynamoDbOptions {
  /** A DynamoDB that runs already; without it, dynoxide is started in memory. */
  readonly url?: string | undefined;
  /** Hears of a dynoxide that ended by itself: nothing works after that. */
  readonly onCrash?: ((error: DynamoDbError) => void) | undefined;
  /** dynoxide's executable. @default that of the optional package `@dynoxide/<platform>-<arch>` */
  readonly binary?: string | undefined;
}

/**
 * @throws DynamoDbError DYNAMODB_MISSING where there is neither `url` nor dynoxide, DYNAMODB_UNREACHABLE where
 *   nothing answers at `url`, DYNAMODB_FAILED where dynoxide does not start
 */
export async function startDynamoDb(options: DynamoDbOptions = {}): Promise<DynamoDb> {
  if (options.url !== undefined) {
    await probeDynamoDb(options.url);
    return disposable(options.url, async () => undefined);
  }
  const binary = options.binary ?? findBinary();
  if (binary === undefined) {
    throw new DynamoDbError(
      'DYNAMODB_MISSING',
      `There is no DynamoDB: dynoxide has no package for ${process.platform}-${process.arch} here. ` +
        "Start DynamoDB Local or 'npx dynoxide' and give its address with --dynamodb URL.",
    );
  }
  const dynoxide = await startDynoxide(binary);
  void dynoxide.crashed.then((error) => options.onCrash?.(error));
  return disposable(dynoxide.url, dynoxide.close);
}

const disposable = (url: string, close: () => Promise<void>): DynamoDb => ({
  url,
  close,
  [Symbol.asyncDispose]: close,
});
