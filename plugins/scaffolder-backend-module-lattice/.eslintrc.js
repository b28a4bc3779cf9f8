module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // Tests run the actions against the back ends they call.
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      { excludedFiles: ['**/*.test.ts'] },
    ],
  },
});
