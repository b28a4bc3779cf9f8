import type { RepositoryEntry } from './GitRepositories';

const STYLE = `
  :root { color-scheme: light dark }
  body { font: 14px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  pre { overflow: auto; padding: 1rem; border: 1px solid #8884; border-radius: 4px }
  ul { list-style: none; padding: 0 } li { padding: .25rem 0; border-bottom: 1px solid #8884 }
`;

/** Makes text safe within HTML. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** The page with all repositories. */
export function repositoriesPage(options: {
  base: string;
  names: string[];
}): string {
  const { base, names } = options;
  const rows = names.map(name => row({ href: `${base}/${name}`, text: name }));
  const body = names.length
    ? `<ul>${rows.join('')}</ul>`
    : '<p>Nothing here yet. Create a service in the portal to fill this page.</p>';
  return page({ title: 'Repositories', heading: 'Repositories', body });
}

/** The page of a file or folder. */
export function entryPage(options: {
  base: string;
  name: string;
  branch: string;
  path: string;
  remoteUrl: string;
  entry: RepositoryEntry;
  archived: boolean;
}): string {
  const { base, name, branch, path, entry, remoteUrl } = options;
  const at = { base, name, branch };
  const body =
    entry.type === 'file'
      ? fileBody({ rawHref: hrefOf({ ...at, path, view: 'raw' }), entry })
      : directoryBody({ ...at, path, entry });
  return page({
    title: path ? `${path} · ${name}` : name,
    heading: breadcrumbs({ ...at, path }),
    body: `<p>${options.archived ? 'archived · ' : ''}${escapeHtml(
      branch,
    )} · ${entry.commitHash.slice(0, 10)} · <code>git clone ${escapeHtml(
      remoteUrl,
    )}</code></p>${body}`,
  });
}

function fileBody(options: {
  rawHref: string;
  entry: Extract<RepositoryEntry, { type: 'file' }>;
}): string {
  const raw = `<p><a href="${escapeHtml(options.rawHref)}">raw</a></p>`;
  const { content } = options.entry;
  return content.includes(0)
    ? `${raw}<p>Binary file, ${content.length} bytes.</p>`
    : `${raw}<pre>${escapeHtml(content.toString('utf8'))}</pre>`;
}

function directoryBody(options: {
  base: string;
  name: string;
  branch: string;
  path: string;
  entry: Extract<RepositoryEntry, { type: 'directory' }>;
}): string {
  const { base, name, branch, entry } = options;
  const sorted = [...entry.entries].sort(
    (a, b) => a.type.localeCompare(b.type) || a.name.localeCompare(b.name),
  );
  const rows = sorted.map(child => {
    const path = [options.path, child.name].filter(Boolean).join('/');
    const view = child.type === 'directory' ? 'tree' : 'blob';
    const text = child.type === 'directory' ? `${child.name}/` : child.name;
    return row({ href: hrefOf({ base, name, branch, path, view }), text });
  });
  return `<ul>${rows.join('')}</ul>`;
}

function breadcrumbs(options: {
  base: string;
  name: string;
  branch: string;
  path: string;
}): string {
  const { base, name, branch } = options;
  const parts = options.path.split('/').filter(Boolean);
  const links = parts.map((part, index) => {
    const path = parts.slice(0, index + 1).join('/');
    const view = index === parts.length - 1 ? 'blob' : 'tree';
    return link({
      href: hrefOf({ base, name, branch, path, view }),
      text: part,
    });
  });
  return [
    link({ href: base, text: 'Repositories' }),
    link({ href: `${base}/${name}`, text: name }),
    ...links,
  ].join(' / ');
}

function hrefOf(options: {
  base: string;
  name: string;
  branch: string;
  path: string;
  view: 'blob' | 'tree' | 'raw';
}): string {
  const path = options.path.split('/').map(encodeURIComponent).join('/');
  const { base, name, view, branch } = options;
  return `${base}/${name}/${view}/${encodeURIComponent(branch)}/${path}`;
}

function link(options: { href: string; text: string }): string {
  return `<a href="${escapeHtml(options.href)}">${escapeHtml(
    options.text,
  )}</a>`;
}

function row(options: { href: string; text: string }): string {
  return `<li>${link(options)}</li>`;
}

function page(options: {
  title: string;
  heading: string;
  body: string;
}): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(
    options.title,
  )}</title><style>${STYLE}</style></head><body><h1>${options.heading}</h1>${
    options.body
  }</body></html>`;
}
