module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Benchmarks share the generated day, and use insides, that no package exports.
      files: ['bench/**'],
      rules: { '@backstage/no-relative-monorepo-imports': 'off' },
    },
  ],
});
