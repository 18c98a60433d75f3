import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';

export const keyUsage = z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT']);
type KeyUsage = z.output<typeof keyUsage>;

export const keySpec = z.enum([
  'SYMMETRIC_DEFAULT',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'HMAC_224',
  'HMAC_256',
  'HMAC_384',
  'HMAC_512',
]);
type KeySpec = z.output<typeof keySpec>;

const RSA_SIGNING = ['RSASSA_PKCS1_V1_5', 'RSASSA_PSS'].flatMap((scheme) =>
  ['256', '384', '512'].map((size) => `${scheme}_SHA_${size}`),
);
const ECC_HASH: Readonly<Record<string, string>> = {
  ECC_NIST_P384: '384',
  ECC_NIST_P521: '512',
};

/** The algorithms of a key, as its metadata has them. */
export function algorithmsOf(spec: string, usage: string): Readonly<Record<string, readonly string[]>> {
  switch (usage) {
    case 'SIGN_VERIFY':
      return {
        SigningAlgorithms: spec.startsWith('RSA') ? RSA_SIGNING : [`ECDSA_SHA_${ECC_HASH[spec] ?? '256'}`],
      };
    case 'GENERATE_VERIFY_MAC':
      return { MacAlgorithms: [`HMAC_SHA_${spec.slice('HMAC_'.length)}`] };
    case 'KEY_AGREEMENT':
      return { KeyAgreementAlgorithms: ['ECDH'] };
    default:
      return {
        EncryptionAlgorithms: spec.startsWith('RSA')
          ? ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256']
          : ['SYMMETRIC_DEFAULT'],
      };
  }
}

/**
 * What a key is for: as asked, else what its spec has by default.
 * @throws AwsError ValidationException where the two do not fit
 */
export function usageFor(spec: KeySpec, usage: KeyUsage | undefined): KeyUsage {
  if (usage === undefined && !spec.startsWith('SYMMETRIC')) {
    throw new AwsError('ValidationException', `You must specify a KeyUsage value for KeySpec ${spec}.`);
  }
  const wanted = usage ?? 'ENCRYPT_DECRYPT';
  if (usagesOf(spec).includes(wanted)) return wanted;
  throw new AwsError('ValidationException', `KeyUsage ${wanted} is not compatible with KeySpec ${spec}`);
}

function usagesOf(spec: KeySpec): readonly KeyUsage[] {
  if (spec.startsWith('SYMMETRIC')) return ['ENCRYPT_DECRYPT'];
  if (spec.startsWith('RSA')) return ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'];
  if (spec.startsWith('HMAC')) return ['GENERATE_VERIFY_MAC'];
  return spec === 'ECC_SECG_P256K1' ? ['SIGN_VERIFY'] : ['SIGN_VERIFY', 'KEY_AGREEMENT'];
}
