import { Command } from 'commander';
import { readProducts } from '../descriptor/readProducts';
import { publishProducts } from '../publish/publishProducts';
import { readSettings } from '../settings/readSettings';

/** Where lines go. */
export interface Output {
  out(line: string): void;
}

/**
 * The command line.
 *
 * @throws what reading and publishing throw, and what the AWS SDK throws.
 */
export async function main(args: string[], output: Output): Promise<void> {
  const command = new Command('products').description(
    "The portal's CloudFormation templates as AWS Service Catalog products",
  );
  command
    .command('publish')
    .description(
      'brings Service Catalog to what the product.yaml files and the settings say',
    )
    .option(
      '--templates <folder>',
      'folder of the template folders',
      'templates',
    )
    .option(
      '--settings <file>',
      'portfolios, principals, shares, TagOptions',
      'templates/portfolios.yaml',
    )
    .option(
      '--region <region>',
      'AWS Region (default: as the AWS SDK finds it)',
    )
    .option('--dry-run', 'only tells what would change')
    .option(
      '--snapshot',
      'publishes changed templates of the same version as <version>-<hash>',
    )
    .action(async options => {
      const changes = await publishProducts({
        aws: options.region ? { region: options.region } : {},
        products: await readProducts(options.templates),
        settings: await readSettings(options.settings),
        dryRun: options.dryRun,
        snapshot: options.snapshot,
        log: line => output.out(line),
      });
      if (changes.length === 0) {
        output.out('Everything is published as it is described.');
      }
    });

  await command.parseAsync(args, { from: 'user' });
}
