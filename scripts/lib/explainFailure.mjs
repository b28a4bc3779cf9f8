const CAUSES = [
  [/ENOSPC|no space left/i, 'the disk is full'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network|YN0035/i,
    'the npm registry can’t be reached; check the network, or the registry npm is set to',
  ],
  [/EACCES|EPERM|permission denied/i, 'a file or folder may not be written'],
  [/YN0028/, 'yarn.lock does not fit the package.json files; run yarn install'],
];

/** One sentence from the output of a program that failed. */
export function explainFailure(what, output) {
  for (const [pattern, cause] of CAUSES) {
    if (pattern.test(output)) {
      return `${what}: ${cause}.`;
    }
  }
  const lines = output.split('\n').filter(line => /\w/.test(line));
  const line = lines.find(text => /\b\w*Error\b/.test(text)) ?? lines.at(-1);
  return `${what}${line ? `: ${line.trim()}` : '.'}`;
}
