import { contentsOf } from './contentsOf';
import type { FakeApi, FakeChange, FakeHost, FakeRepository } from './FakeHost';

/** What the portal uses of https://docs.github.com/rest */
export const fakeGithubApi: FakeApi = {
  prefix: '/api/v3',
  unauthorized: { status: 401, body: { message: 'Bad credentials' } },

  answer(host, { method, url, body }) {
    const [area, owner, name, ...rest] = url.pathname.slice(1).split('/');
    if (owner !== host.owner) {
      return undefined;
    }
    if (area === 'orgs') {
      if (host.repositories.has(body.name)) {
        const errors = [{ message: 'name already exists on this account' }];
        const message = 'Repository creation failed.';
        return { status: 422, body: { message, errors } };
      }
      host.create(body);
      return { status: 201, body: show(host.repositories.get(body.name)!) };
    }
    const repository = host.repositories.get(name);
    if (!repository) {
      return undefined;
    }
    const [kind, number] = rest;
    if (kind === 'pulls') {
      return pulls({ host, repository, method, url, body, number });
    }
    if (kind === 'contents') {
      const path = decodeURIComponent(rest.slice(1).join('/'));
      return contentsOf({ host, name, path });
    }
    switch (method) {
      case 'PATCH': {
        const { default_branch: defaultBranch, ...others } = body;
        Object.assign(repository, others, defaultBranch && { defaultBranch });
        break;
      }
      case 'DELETE':
        host.remove(name);
        return { status: 204 };
      default:
    }
    return { status: 200, body: show(repository) };
  },
};

function show(repository: FakeRepository) {
  const { defaultBranch, ...others } = repository;
  return { ...others, default_branch: defaultBranch };
}

function pulls(options: {
  host: FakeHost;
  repository: FakeRepository;
  method: string;
  url: URL;
  body: any;
  number?: string;
}) {
  const { host, repository, method, url, body, number } = options;
  const showChange = (change: FakeChange) => ({
    number: change.number,
    html_url: `http://${host.host}/${host.owner}/${change.repository}/pull/${change.number}`,
    state: change.state === 'open' ? 'open' : 'closed',
    merged_at: change.state === 'merged' ? '2026-01-01T00:00:00Z' : null,
  });
  if (method === 'GET') {
    const head = url.searchParams.get('head');
    const found = host.changes.filter(
      change =>
        change.repository === repository.name &&
        head === `${host.owner}:${change.branch}`,
    );
    return { status: 200, body: found.reverse().map(showChange) };
  }
  if (method === 'PATCH') {
    const change = host.changes[Number(number) - 1];
    change.state = 'closed';
    return { status: 200, body: showChange(change) };
  }
  const change: FakeChange = {
    number: host.changes.length + 1,
    repository: repository.name,
    branch: body.head,
    into: body.base,
    title: body.title,
    description: body.body,
    state: 'open',
  };
  host.changes.push(change);
  return { status: 201, body: showChange(change) };
}
