/** The table row that has all the texts in it. */
export function rowWith(page, ...texts) {
  return texts
    .reduce((rows, hasText) => rows.filter({ hasText }), page.getByRole('row'))
    .first();
}
