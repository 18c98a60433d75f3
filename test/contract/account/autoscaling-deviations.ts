/** Where moto (5.2) differs from AWS in Auto Scaling: the name of the test, and what moto does instead. */
export const autoScalingDeviations: ReadonlyMap<string, string> = new Map([
  ['CreateAutoScalingGroup refuses a name twice', 'makes it anew'],
  ['CreateAutoScalingGroup refuses sizes that contradict each other', 'takes them'],
  ['CreateAutoScalingGroup refuses a launch configuration that does not exist', 'answers with an HTML page'],
  ['Changes to a group that does not exist are refused', 'answers with an HTML page'],
  ['SetDesiredCapacity stays within the sizes', 'takes any'],
  [
    'UpdateAutoScalingGroup changes sizes, and moves what is desired between them',
    'a minimum size of zero changes nothing',
  ],
  ['DeleteAutoScalingGroup refuses a group with instances, unless it is forced', 'deletes it'],
  ['Launch configurations are made once, shown, and deleted when nothing uses them', 'deletes one in use'],
  ['CreateLaunchConfiguration refuses a name twice', 'makes it anew'],
  ['EnterStandby refuses to go below the minimum size', 'goes below'],
  ['Standby is refused for strangers and for those who are there already', 'says nothing of them'],
  [
    'AttachInstances refuses what cannot be a member',
    'ResourceContention for an instance that does not exist',
  ],
  ['DetachInstances refuses to go below the minimum size', 'goes below'],
  ['A member that is stopped is replaced, unless it is in standby', 'it stays'],
  ['TerminateInstanceInAutoScalingGroup refuses strangers', 'answers with an HTML page'],
  ['Nothing is launched while launching is suspended', 'launches'],
  ['SuspendProcesses refuses a process that does not exist', 'takes it'],
  ['DescribeScalingActivities tells what was done, the newest first', 'tells nothing'],
  ['SetInstanceHealth marks members of groups only', 'answers with an HTML page'],
]);
