import { expect } from 'vitest';
import { at, type Contract, describeInstance, listAt, newInstance, refuses, textAt } from './contract.ts';
import { newProfile } from './iam-fixtures.ts';

export function ec2Profiles(contract: Contract): void {
  const { ec2, test } = contract;
  const associationsOf = async (instanceId: string) => {
    const Filters = [{ Name: 'instance-id', Values: [instanceId] }];
    const found = await ec2('DescribeIamInstanceProfileAssociations', { Filters });
    return listAt(found, 'IamInstanceProfileAssociations');
  };

  test('An instance profile is associated, shown, and taken away again', async () => {
    const [InstanceId, { arn, name }] = [await newInstance(contract), await newProfile(contract)];
    const before = await describeInstance(contract, InstanceId);
    const made = await ec2('AssociateIamInstanceProfile', { InstanceId, IamInstanceProfile: { Name: name } });
    expect(made).toMatchObject({
      IamInstanceProfileAssociation: { InstanceId, IamInstanceProfile: { Arn: arn }, State: 'associating' },
    });
    const AssociationId = textAt(made, 'IamInstanceProfileAssociation', 'AssociationId');
    expect(await associationsOf(InstanceId)).toMatchObject([
      { AssociationId, InstanceId, IamInstanceProfile: { Arn: arn }, State: 'associated' },
    ]);
    expect(await describeInstance(contract, InstanceId)).toMatchObject({ IamInstanceProfile: { Arn: arn } });
    await ec2('DisassociateIamInstanceProfile', { AssociationId });
    expect(await associationsOf(InstanceId)).toEqual([]);
    expect(await describeInstance(contract, InstanceId)).toEqual(before);
  });

  test('An instance profile can be named by its ARN and its name at once', async () => {
    const [InstanceId, { arn, name }] = [await newInstance(contract), await newProfile(contract)];
    await ec2('AssociateIamInstanceProfile', { InstanceId, IamInstanceProfile: { Arn: arn, Name: name } });
    expect(await associationsOf(InstanceId)).toMatchObject([{ IamInstanceProfile: { Arn: arn } }]);
  });

  test('An association is replaced', async () => {
    const [InstanceId, first, second] = [
      await newInstance(contract),
      await newProfile(contract),
      await newProfile(contract),
    ];
    const made = await ec2('AssociateIamInstanceProfile', {
      InstanceId,
      IamInstanceProfile: { Arn: first.arn },
    });
    const AssociationId = textAt(made, 'IamInstanceProfileAssociation', 'AssociationId');
    const replaced = await ec2('ReplaceIamInstanceProfileAssociation', {
      AssociationId,
      IamInstanceProfile: { Name: second.name },
    });
    const [now, ...others] = await associationsOf(InstanceId);
    expect(others).toEqual([]);
    expect(now).toMatchObject({ IamInstanceProfile: { Arn: second.arn } });
    expect(at(now, 'AssociationId')).toBe(at(replaced, 'IamInstanceProfileAssociation', 'AssociationId'));
  });

  test('A replaced association has a new ID', async () => {
    const [InstanceId, { name }] = [await newInstance(contract), await newProfile(contract)];
    const IamInstanceProfile = { Name: name };
    const made = await ec2('AssociateIamInstanceProfile', { InstanceId, IamInstanceProfile });
    const AssociationId = textAt(made, 'IamInstanceProfileAssociation', 'AssociationId');
    await ec2('ReplaceIamInstanceProfileAssociation', { AssociationId, IamInstanceProfile });
    expect(at(await associationsOf(InstanceId), 0, 'AssociationId')).not.toBe(AssociationId);
    await refuses(ec2('DisassociateIamInstanceProfile', { AssociationId }), 'InvalidAssociationID.NotFound');
  });

  test('An instance has one profile at most', async () => {
    const InstanceId = await newInstance(contract);
    const associate = async () => {
      const { name } = await newProfile(contract);
      return ec2('AssociateIamInstanceProfile', { InstanceId, IamInstanceProfile: { Name: name } });
    };
    await associate();
    await refuses(associate(), 'IncorrectState');
  });

  test('A profile that does not exist is refused', async () => {
    const InstanceId = await newInstance(contract);
    const Arn = 'arn:aws:iam::012345678901:instance-profile/none';
    for (const IamInstanceProfile of [{ Name: 'none' }, { Arn }]) {
      const call = ec2('AssociateIamInstanceProfile', { InstanceId, IamInstanceProfile });
      await refuses(call, 'InvalidParameterValue');
    }
    await refuses(newInstance(contract, { IamInstanceProfile: { Name: 'none' } }), 'InvalidParameterValue');
  });

  test('A profile without a role is refused', async () => {
    const { name, role } = await newProfile(contract);
    await contract.iam('RemoveRoleFromInstanceProfile', { InstanceProfileName: name, RoleName: role });
    const call = ec2('AssociateIamInstanceProfile', {
      InstanceId: await newInstance(contract),
      IamInstanceProfile: { Name: name },
    });
    await refuses(call, 'InvalidParameterValue');
  });

  test('Instances and associations that do not exist are refused', async () => {
    const { name } = await newProfile(contract);
    const associate = { InstanceId: 'i-0fedcba9876543210', IamInstanceProfile: { Name: name } };
    await refuses(ec2('AssociateIamInstanceProfile', associate), 'InvalidInstanceID.NotFound');
    const AssociationId = 'iip-assoc-0fedcba9876543210';
    await refuses(ec2('DisassociateIamInstanceProfile', { AssociationId }), 'InvalidAssociationID.NotFound');
    const replace = { AssociationId, IamInstanceProfile: { Name: name } };
    await refuses(ec2('ReplaceIamInstanceProfileAssociation', replace), 'InvalidAssociationID.NotFound');
  });

  test('RunInstances gives its instances a profile', async () => {
    const { arn, name } = await newProfile(contract);
    const instanceId = await newInstance(contract, { IamInstanceProfile: { Name: name } });
    expect(await describeInstance(contract, instanceId)).toMatchObject({ IamInstanceProfile: { Arn: arn } });
    expect(await associationsOf(instanceId)).toMatchObject([{ IamInstanceProfile: { Arn: arn } }]);
  });

  test('DescribeInstances finds instances by their profile', async () => {
    const { arn, name } = await newProfile(contract);
    await newInstance(contract, { IamInstanceProfile: { Name: name } });
    const Filters = [{ Name: 'iam-instance-profile.arn', Values: [arn] }];
    const found = await ec2('DescribeInstances', { Filters });
    expect(listAt(found, 'Reservations')).toHaveLength(1);
  });
}
