import { TrinoSQL } from 'dt-sql-parser';
import { everyStatement } from '../__testUtils__/everyStatement';
import { trinoDialect, trinoParameter } from './trinoDialect';

const scope = {
  from: 0,
  to: 86_400_000,
  serviceArns: ['arn:a', "it's"],
  serviceRange: { from: "arn:'", before: 'arn:~' },
  callerIds: ['anonymous'],
  serviceNetworkArns: ['arn:n', undefined],
  accountIds: ['223344556677', '001122334455'],
};

describe('the SQL for Athena', () => {
  const parser = new TrinoSQL();
  const dialect = trinoDialect({ locationOf: key => `s3://bucket/${key}` });

  it.each([[[]], [['calls/day=1970-01-01/00-b-1.parquet', 'calls/x']]])(
    'is in the grammar of Trino, with hidden files %j',
    hidden => {
      const isVisible = dialect.isVisible({
        table: 'calls',
        days: ['1970-01-01'],
        hoursRead: new Set(),
        files: [],
        hidden,
      });
      const statements = everyStatement(isVisible, {
        scope,
        requestId: 'r-1',
        cursor: { time: 5, key: 'abc' },
      });
      for (const [name, { sql }] of statements) {
        const { text, parameters } = sql.render(trinoParameter);
        expect([name, text, parser.validate(text)]).toEqual([name, text, []]);
        expect(text.split('?').length - 1).toBe(parameters.length);
        for (const parameter of parameters) {
          expect([parameter, parser.validate(`SELECT ${parameter}`)]).toEqual([
            parameter,
            [],
          ]);
          expect(String(parameter).length).toBeLessThanOrEqual(1024);
        }
      }
    },
  );

  it('would hear of an error', () => {
    expect(parser.validate('SELECT a,, b FROM c')).not.toEqual([]);
  });
});
