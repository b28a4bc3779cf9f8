module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // A law fails by what fast-check throws.
    'jest/expect-expect': [
      'warn',
      { assertFunctionNames: ['expect', 'fc.assert'] },
    ],
  },
});
