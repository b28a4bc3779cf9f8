/** What went wrong, and what to make of it. */
export interface ErrorDescription {
  /** The back end's own words where it has some. */
  message: string;
  /** What still works and what to do. */
  advice: string;
}

interface KnownError {
  name?: string;
  message?: string;
  statusCode?: number;
  response?: { status?: number };
  body?: { error?: { message?: string } };
}

/** What an error of the API says, and what the reader can do about it. */
export function describeError(error: unknown): ErrorDescription {
  const known = (error ?? {}) as KnownError;
  const status = known.statusCode ?? known.response?.status;
  const message = withoutBody(known.body?.error?.message ?? known.message);
  switch (status) {
    case 401:
      return {
        message: 'You are no longer signed in.',
        advice: 'Reload the page to sign in again.',
      };
    case 403:
      return {
        message: message ?? 'You may not see this.',
        advice: 'Its owner or the platform team can.',
      };
    case 404:
      return {
        message: message ?? 'It is not there.',
        advice:
          'It may be older than what the portal keeps, or not yours to see. The lists show what there is.',
      };
    case 501:
      return {
        message: message ?? 'This portal is not set up for it.',
        advice: 'The platform team can set it up.',
      };
    default:
      return {
        // Browsers call a refused connection `Failed to fetch` or `Load failed`.
        message:
          error instanceof TypeError
            ? 'The portal does not answer.'
            : message ?? 'No reason was given.',
        advice:
          'Calls between services go on as they are: the portal only looks at them. Try again; if it stays, tell the platform team.',
      };
  }
}

// An answer that is no error of the back end's own, such as a proxy's page, is quoted in full by its error.
function withoutBody(message: string | undefined): string | undefined {
  return message?.replace(/^(Request failed with status \d+[^,]*),[^]*$/, '$1');
}
