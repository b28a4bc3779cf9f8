import { signIn } from '../../e2e/lib/browser.mjs';
import { fillLambdaTemplate } from '../../e2e/lib/fillLambdaTemplate.mjs';
import { rowWith } from '../../e2e/lib/rowWith.mjs';
import { requestAccess } from '../../e2e/journeys/requestAccess.mjs';

/** The pictures of the README in the order they are taken; each gives the page to take. */
export const views = [
  {
    name: 'map',
    async take({ openPage }) {
      const page = await openPage();
      await signIn(page, 'Platform engineer', '/lattice/map');
      await page.locator('.react-flow__edge').first().waitFor();
      return page;
    },
  },
  {
    name: 'map-denied-dark',
    async take({ openPage }) {
      const page = await openPage({ theme: 'dark' });
      await signIn(page, 'Platform engineer', '/lattice/map');
      await page
        .getByText(/batch-export\s*→\s*inventory/)
        .first()
        .click();
      await page.getByText('What the policies say now').waitFor();
      return page;
    },
  },
  {
    name: 'denied',
    async take({ openPage }) {
      const page = await openPage({ height: 1180 });
      await signIn(page, 'Commerce owner', '/lattice/denied');
      await rowWith(page, 'batch-export', 'inventory').click();
      await page.getByRole('heading', { name: 'What would fix it' }).waitFor();
      return page;
    },
  },
  {
    name: 'request',
    async take({ openPage }) {
      const pages = [];
      await requestAccess({
        openPage: async options => {
          const page = await openPage(options);
          pages.push(page);
          return page;
        },
      });
      return pages[0];
    },
  },
  {
    name: 'scaffold',
    async take({ openPage }) {
      const page = await openPage({ height: 1080 });
      await signIn(page, 'Commerce owner', '/create');
      await fillLambdaTemplate(page, { name: 'gift-cards' });
      await page
        .getByRole('link', { name: /open in the catalog/i })
        .waitFor({ timeout: 60_000 });
      return page;
    },
  },
];
