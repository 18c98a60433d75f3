import { ec2Operation } from '../ec2-operation.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsEncryptionByDefault.html */
export const getEbsEncryptionByDefault = ec2Operation({
  input: {},
  run: (_input, { state }) => {
    return { EbsEncryptionByDefault: state.ec2.encryptsByDefault };
  },
});
