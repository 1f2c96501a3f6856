// Owns the one object through which demo and tests drive an n8n. Rule: what the parts can do is written in the parts.
import { nodeCalls } from './n8nNodes';
import { openSession } from './n8nSession';
import { workflowCalls } from './n8nWorkflows';
import type { N8nInstall } from '../../../scripts/lib/n8nInstall';

export function createN8nClient({ url, install }: { url: string; install: N8nInstall }) {
	const session = openSession(url);
	return { ...session, ...nodeCalls(session.request), ...workflowCalls(session.request, install.requireFromN8n) };
}

export type N8nClient = ReturnType<typeof createN8nClient>;
