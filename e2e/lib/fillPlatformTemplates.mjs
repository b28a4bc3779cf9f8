import { accounts } from './aws.mjs';
import {
  choose,
  create,
  next,
  openTemplate,
  ownerIsChosen,
  review,
} from './form.mjs';

/** Goes through the pages of the template for a service network and presses Create. */
export async function fillNetworkTemplate(page, answers) {
  await answerNetworkTemplate(page, answers);
  await review(page);
  await create(page);
}

/**
 * Goes through the pages of the template for a service network, up to the last one.
 *
 * @param answers - Besides the name: `days` that log groups keep access logs.
 */
export async function answerNetworkTemplate(page, { name, days }) {
  await openTemplate(page, 'lattice-service-network');
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Description/).fill('For partners');
  await ownerIsChosen(page);
  await choose(page, 'Account', 'shared-services');
  await next(page);
  await page.getByLabel(/^Organization/).fill('o-lattice01');
  await next(page);
  await page.getByText('Share with').first().waitFor();
  await page.getByRole('button', { name: /add item/i }).click();
  await page.getByRole('textbox').first().fill(accounts.commerce);
  await next(page);
  await page.getByText('Days in the bucket').first().waitFor();
  if (days) {
    await page.getByLabel(/^Days in the log groups/).click();
    await page.getByRole('option', { name: days, exact: true }).click();
  }
  await next(page);
  await page.getByText('You may create something in account').waitFor();
}

/**
 * Goes through the pages of the template that joins the VPC of the account `legacy` and presses Create.
 *
 * @param answers - `way`: another way in than an association. `clients`: a security group of clients.
 */
export async function fillJoinTemplate(page, { way, clients } = {}) {
  await openTemplate(page, 'lattice-join-vpc');
  await ownerIsChosen(page);
  await choose(page, 'Account', 'legacy');
  await page.getByText('company').first().waitFor();
  if (way) {
    await page.getByLabel(/^Way in/).click();
    await page.getByRole('option', { name: way }).click();
  }
  await choose(page, 'VPC', 'legacy');
  if (way) {
    await choose(page, 'Subnets', 'private-a', 'private-b');
  }
  await next(page);
  await page.getByText('Security groups of clients').first().waitFor();
  if (clients) {
    await page
      .getByRole('button', { name: /add item/i })
      .first()
      .click();
    await page.getByRole('textbox').first().fill(clients);
  }
  await next(page);
  await page.getByText('You may create something in account').waitFor();
  await review(page);
  await create(page);
}

/** Goes through the pages of the template for the roles in all accounts of a unit and presses Create. */
export async function fillAccountRolesTemplate(page, { unit }) {
  await openTemplate(page, 'lattice-account-roles');
  await choose(page, 'Account', 'shared-services');
  await page.getByLabel(/^That account is/).click();
  await page.getByRole('option', { name: 'The management account' }).click();
  await page.getByRole('textbox', { name: /^Organizational unit/ }).fill(unit);
  await next(page);
  await page
    .getByLabel(/^Role of the portal/)
    .fill('arn:aws:iam::001122334455:role/lattice-portal');
  await choose(page, 'Account of the service networks', 'shared-services');
  await next(page);
  await page.getByText('You may create something in account').waitFor();
  await review(page);
  await create(page);
}

/** Retires a service network, or looks what would go. */
export async function fillRetireNetworkTemplate(page, { name, forGood }) {
  await openTemplate(page, 'lattice-retire-network');
  await page.getByLabel(/^Service network/).fill(name);
  await page.getByRole('option', { name, exact: true }).first().click();
  if (forGood) {
    await page.getByLabel('Retire it for good').check();
  }
  await page.getByLabel(/^Its name, once more/).fill(name);
  await review(page);
  await create(page);
}

/**
 * Takes the VPC of the account `legacy` out of its service network, or looks who would lose access.
 *
 * @param answers - `what`: the choice, by its label.
 */
export async function fillLeaveTemplate(page, { way, vpcId, what }) {
  await openTemplate(page, 'lattice-leave-vpc');
  await choose(page, 'Account', 'legacy');
  await page.getByText('company').first().waitFor();
  if (way) {
    await page.getByLabel(/^Way in/).click();
    await page.getByRole('option', { name: way }).click();
  }
  await choose(page, 'VPC', 'legacy');
  await next(page);
  await page.getByLabel(what).check();
  await page.getByLabel(/^The VPC's id, once more/).fill(vpcId);
  await review(page);
  await create(page);
}
