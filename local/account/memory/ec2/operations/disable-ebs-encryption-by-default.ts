import { ec2Operation } from '../ec2-operation.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableEbsEncryptionByDefault.html */
export const disableEbsEncryptionByDefault = ec2Operation({
  input: {},
  run: (_input, { state }) => {
    state.ec2.encryptsByDefault = false;
    return { EbsEncryptionByDefault: state.ec2.encryptsByDefault };
  },
});
