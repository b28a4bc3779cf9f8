/** A launch role: what a product's resources are made as, in each account. */
export interface LaunchRole {
  /** Its name in every account. */
  name: string;
  /** IAM policy document, as JSON without white space, for that is how IAM counts its size. */
  policy: string;
}

/**
 * A Service Catalog product as a `product.yaml` describes it.
 *
 * @public
 */
export interface Product {
  name: string;
  description: string;
  /** Semantic version; raised with each change of the template. */
  version: string;
  /** Key of its portfolio in the settings. */
  portfolio: string;
  /** CloudFormation template, as text. */
  templateBody: string;
  /** Where the template was read. */
  templateFile: string;
  launchRole: LaunchRole;
}
