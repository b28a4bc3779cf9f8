import { contentsOf } from './contentsOf';
import type { FakeApi, FakeChange, FakeHost, FakeRepository } from './FakeHost';

const GROUP = 7;

/** What the portal uses of https://docs.gitlab.com/api */
export const fakeGitlabApi: FakeApi = {
  prefix: '/api/v4',
  unauthorized: { status: 401, body: { message: '401 Unauthorized' } },

  answer(host, { method, url, body }) {
    const [area, id, ...rest] = url.pathname
      .slice(1)
      .split('/')
      .map(decodeURIComponent);
    if (area === 'groups') {
      return id === host.owner
        ? { status: 200, body: { id: GROUP } }
        : undefined;
    }
    if (id === undefined) {
      return create(host, body);
    }
    const [owner, name] = id.split('/');
    const repository = host.repositories.get(name);
    if (owner !== host.owner || !repository) {
      return undefined;
    }
    const [kind, number] = rest;
    switch (kind ?? method) {
      case 'merge_requests':
        return mergeRequests({ host, repository, method, url, body, number });
      case 'repository':
        return contentsOf({ host, name, path: rest[2] });
      case 'archive':
        repository.archived = true;
        break;
      case 'PUT': {
        const { default_branch: defaultBranch, ...others } = body;
        Object.assign(repository, others, defaultBranch && { defaultBranch });
        break;
      }
      case 'DELETE':
        host.remove(name);
        return { status: 202, body: { message: '202 Accepted' } };
      default:
    }
    return { status: 200, body: show(repository) };
  },
};

function create(host: FakeHost, body: any) {
  const { path, namespace_id: namespaceId, description, visibility } = body;
  if (namespaceId !== GROUP) {
    return undefined;
  }
  if (host.repositories.has(path)) {
    const message = { path: ['has already been taken'] };
    return { status: 400, body: { message } };
  }
  host.create({ name: path, description, visibility });
  return { status: 201, body: show(host.repositories.get(path)!) };
}

function show(repository: FakeRepository) {
  const { defaultBranch, ...others } = repository;
  return { ...others, id: 1, default_branch: defaultBranch };
}

function mergeRequests(options: {
  host: FakeHost;
  repository: FakeRepository;
  method: string;
  url: URL;
  body: any;
  number?: string;
}) {
  const { host, repository, method, url, body, number } = options;
  const showChange = (change: FakeChange) => ({
    iid: change.number,
    web_url: `http://${host.host}/${host.owner}/${change.repository}/-/merge_requests/${change.number}`,
    state: change.state === 'open' ? 'opened' : change.state,
  });
  if (method === 'GET') {
    const branch = url.searchParams.get('source_branch');
    const found = host.changes.filter(
      change =>
        change.repository === repository.name && branch === change.branch,
    );
    return { status: 200, body: found.reverse().map(showChange) };
  }
  if (method === 'PUT') {
    const change = host.changes[Number(number) - 1];
    change.state = 'closed';
    return { status: 200, body: showChange(change) };
  }
  const change: FakeChange = {
    number: host.changes.length + 1,
    repository: repository.name,
    branch: body.source_branch,
    into: body.target_branch,
    title: body.title,
    description: body.description,
    state: 'open',
  };
  host.changes.push(change);
  return { status: 201, body: showChange(change) };
}
