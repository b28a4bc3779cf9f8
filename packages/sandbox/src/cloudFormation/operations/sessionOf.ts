/** The ARN of a session of a role: `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
export function sessionOf(roleArn: string, sessionName: string): string {
  const [, , , , accountId, resource] = roleArn.split(':');
  const roleName = resource.split('/').at(-1);
  return `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
}
