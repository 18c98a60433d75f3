import { ec2Operation } from '../ec2-operation.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html */
export const enableEbsEncryptionByDefault = ec2Operation({
  input: {},
  run: (_input, { state }) => {
    state.ec2.encryptsByDefault = true;
    return { EbsEncryptionByDefault: state.ec2.encryptsByDefault };
  },
});
