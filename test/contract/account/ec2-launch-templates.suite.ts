import { expect } from 'vitest';
import type { JsonObject } from '../../../local/service.ts';
import {
  at,
  type Contract,
  describeInstance,
  listAt,
  newInstance,
  refuses,
  textAt,
  unique,
} from './contract.ts';

const IMAGE = 'ami-12c6146b';
const NO_ID = 'lt-0fedcba9876543210';

export function ec2LaunchTemplates(contract: Contract): void {
  const { ec2, test } = contract;

  const newTemplate = async (data: JsonObject = {}) => {
    const LaunchTemplateName = unique('template');
    const LaunchTemplateData = { ImageId: IMAGE, InstanceType: 't3.micro', ...data };
    const made = await ec2('CreateLaunchTemplate', { LaunchTemplateName, LaunchTemplateData });
    return { LaunchTemplateName, LaunchTemplateId: textAt(made, 'LaunchTemplate', 'LaunchTemplateId') };
  };
  const describe = (input: JsonObject) => ec2('DescribeLaunchTemplates', input);

  test('A template has versions, one of which is its default', async () => {
    const { LaunchTemplateName, LaunchTemplateId } = await newTemplate();
    await ec2('CreateLaunchTemplateVersion', {
      LaunchTemplateId,
      SourceVersion: '1',
      LaunchTemplateData: { InstanceType: 't3.large' },
    });
    await ec2('ModifyLaunchTemplate', { LaunchTemplateId, DefaultVersion: '2' });
    expect(await describe({ LaunchTemplateNames: [LaunchTemplateName] })).toMatchObject({
      LaunchTemplates: [{ LaunchTemplateId, DefaultVersionNumber: 2, LatestVersionNumber: 2 }],
    });
    const found = await ec2('DescribeLaunchTemplateVersions', { LaunchTemplateId, Versions: ['1', '2'] });
    const types = listAt(found, 'LaunchTemplateVersions').map((each) => [
      at(each, 'LaunchTemplateData', 'InstanceType'),
      at(each, 'DefaultVersion'),
    ]);
    expect(types.sort()).toEqual([
      ['t3.large', true],
      ['t3.micro', false],
    ]);
    await ec2('DeleteLaunchTemplate', { LaunchTemplateId });
    await refuses(describe({ LaunchTemplateIds: [LaunchTemplateId] }), 'InvalidLaunchTemplateId.NotFound');
  });

  test('An instance is launched as a template says', async () => {
    const { LaunchTemplateId } = await newTemplate({ InstanceType: 't3.small' });
    const launched = await ec2('RunInstances', {
      LaunchTemplate: { LaunchTemplateId },
      MinCount: 1,
      MaxCount: 1,
    });
    const instance = await describeInstance(contract, textAt(launched, 'Instances', 0, 'InstanceId'));
    expect(instance).toMatchObject({ ImageId: IMAGE, InstanceType: 't3.small' });
    const other = await newInstance(contract, {
      LaunchTemplate: { LaunchTemplateId },
      InstanceType: 't3.nano',
    });
    expect(await describeInstance(contract, other)).toMatchObject({ InstanceType: 't3.nano' });
  });

  test('CreateLaunchTemplate refuses a name that is taken', async () => {
    const { LaunchTemplateName } = await newTemplate();
    const again = { LaunchTemplateName, LaunchTemplateData: { ImageId: IMAGE } };
    await refuses(ec2('CreateLaunchTemplate', again), 'InvalidLaunchTemplateName.AlreadyExistsException');
  });

  test('Templates and versions that do not exist are told', async () => {
    const { LaunchTemplateId } = await newTemplate();
    const noName = 'InvalidLaunchTemplateName.NotFoundException';
    await refuses(describe({ LaunchTemplateNames: ['none'] }), noName);
    await refuses(ec2('DeleteLaunchTemplate', { LaunchTemplateName: 'none' }), noName);
    await refuses(
      ec2('DeleteLaunchTemplate', { LaunchTemplateId: NO_ID }),
      'InvalidLaunchTemplateId.NotFound',
    );
    const version = ec2('ModifyLaunchTemplate', { LaunchTemplateId, DefaultVersion: '9' });
    await refuses(version, 'InvalidLaunchTemplateId.VersionNotFound');
  });

  test('What is no ID of a template is refused', async () => {
    await refuses(describe({ LaunchTemplateIds: ['lt-x'] }), 'InvalidLaunchTemplateId.Malformed');
    await refuses(
      ec2('DeleteLaunchTemplate', { LaunchTemplateId: 'lt-x' }),
      'InvalidLaunchTemplateId.Malformed',
    );
  });
}
