module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  // AssemblyScript, which has types of its own.
  ignorePatterns: ['assembly'],
});
