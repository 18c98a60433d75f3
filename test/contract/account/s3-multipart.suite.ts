import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { at, type Contract, listAt, refuses, textAt } from './contract.ts';
import { bodyText, newBucket } from './s3.ts';

const MIN_PART = Buffer.alloc(5 * 1024 * 1024, 'x');

/** Objects that are uploaded in parts. */
export function s3MultipartUploads(contract: Contract): void {
  const { s3, test } = contract;

  const begin = async (Key = 'large', input = {}) => {
    const Bucket = await newBucket(contract);
    const UploadId = textAt(await s3('CreateMultipartUpload', { Bucket, Key, ...input }), 'UploadId');
    return { Bucket, Key, UploadId };
  };
  const upload = async (to: object, PartNumber: number, Body: Buffer | string) =>
    textAt(await s3('UploadPart', { ...to, PartNumber, Body }), 'ETag');
  const complete = (to: object, ...parts: readonly (readonly [number, string])[]) =>
    s3('CompleteMultipartUpload', {
      ...to,
      MultipartUpload: { Parts: parts.map(([PartNumber, ETag]) => ({ PartNumber, ETag })) },
    });
  const md5 = (content: Buffer | string) => createHash('md5').update(content).digest();

  test('Parts become an object when the upload is completed', async () => {
    const to = await begin('a folder/grüße', { ContentType: 'text/plain', Metadata: { purpose: 'test' } });
    const { Bucket, Key } = to;
    await refuses(s3('GetObject', { Bucket, Key }), 'NoSuchKey');
    const first = await upload(to, 1, MIN_PART);
    expect(first).toBe(`"${md5(MIN_PART).toString('hex')}"`);
    await upload(to, 7, 'replaced');
    const last = await upload(to, 7, 'the end');
    const done = await complete(to, [1, first], [7, last]);
    const etag = md5(Buffer.concat([md5(MIN_PART), md5('the end')])).toString('hex');
    expect(done).toMatchObject({ Bucket, Key, ETag: `"${etag}-2"` });
    const head = await s3('HeadObject', { Bucket, Key });
    expect(head).toMatchObject({
      ContentLength: MIN_PART.length + 7,
      ContentType: 'text/plain',
      Metadata: { purpose: 'test' },
      ETag: `"${etag}-2"`,
    });
    const end = await s3('GetObject', { Bucket, Key, Range: `bytes=${MIN_PART.length - 1}-` });
    expect(await bodyText(end)).toBe('xthe end');
    await refuses(upload(to, 8, 'late'), 'NoSuchUpload');
    await refuses(s3('ListParts', to), 'NoSuchUpload');
  });

  test('Parts can be copies of objects', async () => {
    const to = await begin();
    const { Bucket } = to;
    await s3('PutObject', { Bucket, Key: 'from', Body: '0123456789' });
    const copied = await s3('UploadPartCopy', {
      ...to,
      PartNumber: 1,
      CopySource: `${Bucket}/from`,
      CopySourceRange: 'bytes=2-5',
    });
    await complete(to, [1, textAt(copied, 'CopyPartResult', 'ETag')]);
    expect(await bodyText(await s3('GetObject', { Bucket, Key: to.Key }))).toBe('2345');
  });

  test('A part is no copy of what is not there', async () => {
    const to = await begin();
    const copy = (CopySource: string, CopySourceRange = 'bytes=0-1') =>
      s3('UploadPartCopy', { ...to, PartNumber: 1, CopySource, CopySourceRange });
    await refuses(copy(`${to.Bucket}/none`), 'NoSuchKey');
    await s3('PutObject', { Bucket: to.Bucket, Key: 'from', Body: '01' });
    await refuses(copy(`${to.Bucket}/from`, 'bytes=0-9'), 'InvalidRange');
    await refuses(copy(`${to.Bucket}/from`, 'all'), 'InvalidArgument');
    const CopySource = `${to.Bucket}/from`;
    const other = s3('UploadPartCopy', { ...to, PartNumber: 1, CopySource, CopySourceIfMatch: '"another"' });
    await refuses(other, 'PreconditionFailed');
  });

  test('Uploads under way and their parts are listed until they are aborted', async () => {
    const to = await begin();
    const { Bucket, Key, UploadId } = to;
    for (const number of [3, 1, 2]) await upload(to, number, `part ${number}`);
    const parts = await s3('ListParts', { ...to, MaxParts: 2 });
    expect(listAt(parts, 'Parts').map((each) => at(each, 'PartNumber'))).toEqual([1, 2]);
    expect(parts).toMatchObject({ IsTruncated: true, Parts: [{ Size: 6, ETag: expect.any(String) }, {}] });
    const PartNumberMarker = String(parts.NextPartNumberMarker);
    const rest = await s3('ListParts', { ...to, PartNumberMarker });
    expect(listAt(rest, 'Parts').map((each) => at(each, 'PartNumber'))).toEqual([3]);
    const listed = await s3('ListMultipartUploads', { Bucket });
    expect(listAt(listed, 'Uploads')).toMatchObject([{ Key, UploadId }]);
    await s3('AbortMultipartUpload', to);
    expect((await s3('ListMultipartUploads', { Bucket })).Uploads ?? []).toEqual([]);
    await refuses(s3('AbortMultipartUpload', to), 'NoSuchUpload');
  });

  test('Parts need an upload, and a number from 1 to 10000', async () => {
    const to = await begin();
    const other = { ...to, UploadId: 'none' };
    await refuses(upload(other, 1, 'x'), 'NoSuchUpload');
    await refuses(complete(other, [1, '"x"']), 'NoSuchUpload');
    await refuses(s3('AbortMultipartUpload', other), 'NoSuchUpload');
    await refuses(upload({ ...to, Key: 'another' }, 1, 'x'), 'NoSuchUpload');
    await refuses(upload(to, 10_001, 'x'), 'InvalidArgument');
    await refuses(upload(to, 0, 'x'), 'InvalidArgument');
    await refuses(s3('CreateMultipartUpload', { Bucket: 'no-such-bucket-4f1c', Key: 'a' }), 'NoSuchBucket');
  });

  test('Only parts that are there, in order and large enough become an object', async () => {
    const to = await begin();
    const [a, b] = [await upload(to, 1, 'a'), await upload(to, 2, 'b')];
    await refuses(complete(to, [1, a], [3, b]), 'InvalidPart');
    await refuses(complete(to, [1, b], [2, b]), 'InvalidPart');
    await refuses(complete(to, [2, b], [1, a]), 'InvalidPartOrder');
    await refuses(complete(to, [1, a], [2, b]), 'EntityTooSmall');
    await refuses(complete(to), 'MalformedXML');
    await complete(to, [2, b]);
    expect(await bodyText(await s3('GetObject', { Bucket: to.Bucket, Key: to.Key }))).toBe('b');
  });
}
