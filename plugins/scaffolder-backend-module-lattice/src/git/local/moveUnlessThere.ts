import fs from 'node:fs';

/** Renames a folder, unless there is one of the new name. @returns whether it did */
export async function moveUnlessThere(options: {
  from: string;
  to: string;
}): Promise<boolean> {
  try {
    await fs.promises.rename(options.from, options.to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOTEMPTY', 'EEXIST'].includes(code)) {
      return false;
    }
    throw error;
  }
}
