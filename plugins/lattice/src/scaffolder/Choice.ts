/** One thing a form field offers. */
export interface Choice {
  id: string;
  label: string;
  description?: string;
}
