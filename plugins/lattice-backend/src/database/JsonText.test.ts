import { JsonText } from './JsonText';

describe('JsonText', () => {
  const numbers = [
    ...[0, 1, 9, 10, 99, 100, 12_345, 999_999_999, 1_000_000_000],
    ...[2 ** 31, 2 ** 32 + 1, 1_795_319_311_000, Number.MAX_SAFE_INTEGER],
  ];

  it.each([...numbers, ...numbers.map(number => -number)])(
    'writes %d as JSON does',
    number => {
      const text = new JsonText();
      text.addNumber(number);
      expect(text.take()).toBe(JSON.stringify(number));
    },
  );

  it('puts texts and numbers one behind the other, however many', () => {
    const text = new JsonText();
    for (const length of [3, 0, 100_000, 1]) {
      const many = Array.from({ length }, (_, index) => index * 7_919);
      text.addText('{"a":[');
      text.addNumbers(many);
      text.addText(']}');
      expect(text.take()).toBe(JSON.stringify({ a: many }));
    }
  });

  it('finds room for a text that is long', () => {
    const text = new JsonText();
    const long = 'x'.repeat(1_000_000);
    text.addText(long);
    expect(text.take()).toBe(long);
  });
});
