import type { MemoryOperation } from '../operation.ts';
import { abortMultipartUpload } from './operations/abort-multipart-upload.ts';
import { completeMultipartUpload } from './operations/complete-multipart-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { createBucket } from './operations/create-bucket.ts';
import { createMultipartUpload } from './operations/create-multipart-upload.ts';
import { deleteBucket } from './operations/delete-bucket.ts';
import { deleteBucketEncryption } from './operations/delete-bucket-encryption.ts';
import { deleteBucketOwnershipControls } from './operations/delete-bucket-ownership-controls.ts';
import { deleteBucketPolicy } from './operations/delete-bucket-policy.ts';
import { deleteBucketTagging } from './operations/delete-bucket-tagging.ts';
import { deleteObject } from './operations/delete-object.ts';
import { deleteObjectTagging } from './operations/delete-object-tagging.ts';
import { deleteObjects } from './operations/delete-objects.ts';
import { deletePublicAccessBlock } from './operations/delete-public-access-block.ts';
import { getBucketAcl } from './operations/get-bucket-acl.ts';
import { getBucketEncryption } from './operations/get-bucket-encryption.ts';
import { getBucketLocation } from './operations/get-bucket-location.ts';
import { getBucketLogging } from './operations/get-bucket-logging.ts';
import { getBucketOwnershipControls } from './operations/get-bucket-ownership-controls.ts';
import { getBucketPolicy } from './operations/get-bucket-policy.ts';
import { getBucketPolicyStatus } from './operations/get-bucket-policy-status.ts';
import { getBucketTagging } from './operations/get-bucket-tagging.ts';
import { getBucketVersioning } from './operations/get-bucket-versioning.ts';
import { getObject } from './operations/get-object.ts';
import { getObjectTagging } from './operations/get-object-tagging.ts';
import { getPublicAccessBlock } from './operations/get-public-access-block.ts';
import { headBucket } from './operations/head-bucket.ts';
import { headObject } from './operations/head-object.ts';
import { listBuckets } from './operations/list-buckets.ts';
import { listMultipartUploads } from './operations/list-multipart-uploads.ts';
import { listObjectVersions } from './operations/list-object-versions.ts';
import { listObjects } from './operations/list-objects.ts';
import { listObjectsV2 } from './operations/list-objects-v2.ts';
import { listParts } from './operations/list-parts.ts';
import { putBucketAcl } from './operations/put-bucket-acl.ts';
import { putBucketEncryption } from './operations/put-bucket-encryption.ts';
import { putBucketLogging } from './operations/put-bucket-logging.ts';
import { putBucketOwnershipControls } from './operations/put-bucket-ownership-controls.ts';
import { putBucketPolicy } from './operations/put-bucket-policy.ts';
import { putBucketTagging } from './operations/put-bucket-tagging.ts';
import { putBucketVersioning } from './operations/put-bucket-versioning.ts';
import { putObject } from './operations/put-object.ts';
import { putObjectTagging } from './operations/put-object-tagging.ts';
import { putPublicAccessBlock } from './operations/put-public-access-block.ts';
import { uploadPart } from './operations/upload-part.ts';
import { uploadPartCopy } from './operations/upload-part-copy.ts';

/** What the in-memory account knows of S3. https://docs.aws.amazon.com/AmazonS3/latest/API/ */
export const s3Operations = {
  's3.AbortMultipartUpload': abortMultipartUpload,
  's3.CompleteMultipartUpload': completeMultipartUpload,
  's3.CopyObject': copyObject,
  's3.CreateBucket': createBucket,
  's3.CreateMultipartUpload': createMultipartUpload,
  's3.DeleteBucket': deleteBucket,
  's3.DeleteBucketEncryption': deleteBucketEncryption,
  's3.DeleteBucketOwnershipControls': deleteBucketOwnershipControls,
  's3.DeleteBucketPolicy': deleteBucketPolicy,
  's3.DeleteBucketTagging': deleteBucketTagging,
  's3.DeleteObject': deleteObject,
  's3.DeleteObjectTagging': deleteObjectTagging,
  's3.DeleteObjects': deleteObjects,
  's3.DeletePublicAccessBlock': deletePublicAccessBlock,
  's3.GetBucketAcl': getBucketAcl,
  's3.GetBucketEncryption': getBucketEncryption,
  's3.GetBucketLocation': getBucketLocation,
  's3.GetBucketLogging': getBucketLogging,
  's3.GetBucketOwnershipControls': getBucketOwnershipControls,
  's3.GetBucketPolicy': getBucketPolicy,
  's3.GetBucketPolicyStatus': getBucketPolicyStatus,
  's3.GetBucketTagging': getBucketTagging,
  's3.GetBucketVersioning': getBucketVersioning,
  's3.GetObject': getObject,
  's3.GetObjectTagging': getObjectTagging,
  's3.GetPublicAccessBlock': getPublicAccessBlock,
  's3.HeadBucket': headBucket,
  's3.HeadObject': headObject,
  's3.ListBuckets': listBuckets,
  's3.ListMultipartUploads': listMultipartUploads,
  's3.ListObjectVersions': listObjectVersions,
  's3.ListObjects': listObjects,
  's3.ListObjectsV2': listObjectsV2,
  's3.ListParts': listParts,
  's3.PutBucketAcl': putBucketAcl,
  's3.PutBucketEncryption': putBucketEncryption,
  's3.PutBucketLogging': putBucketLogging,
  's3.PutBucketOwnershipControls': putBucketOwnershipControls,
  's3.PutBucketPolicy': putBucketPolicy,
  's3.PutBucketTagging': putBucketTagging,
  's3.PutBucketVersioning': putBucketVersioning,
  's3.PutObject': putObject,
  's3.PutObjectTagging': putObjectTagging,
  's3.PutPublicAccessBlock': putPublicAccessBlock,
  's3.UploadPart': uploadPart,
  's3.UploadPartCopy': uploadPartCopy,
} as const satisfies Readonly<Record<`s3.${string}`, MemoryOperation>>;
