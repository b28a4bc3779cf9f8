/** Whether two JSON values are equal; the order of object members doesn't count. */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) {
    return true;
  }
  if (
    typeof left !== 'object' ||
    typeof right !== 'object' ||
    !left ||
    !right ||
    Array.isArray(left) !== Array.isArray(right)
  ) {
    return false;
  }
  const rightMembers = new Map(Object.entries(right));
  const leftMembers = Object.entries(left);
  return (
    leftMembers.length === rightMembers.size &&
    leftMembers.every(
      ([key, value]) =>
        rightMembers.has(key) && isSameJson(value, rightMembers.get(key)),
    )
  );
}
