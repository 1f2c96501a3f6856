// Files of the workflow, in every form in which n8n's own nodes take them.

import type { IBinaryData } from 'n8n-workflow';

import { isRecord } from '../akool/json';

/** Says whether a value is one of n8n's binary objects, as an expression such as {{ $binary.data }} gives it. */
export function isBinaryObject(value: unknown): value is IBinaryData {
	return isRecord(value) && typeof value.mimeType === 'string' && ('data' in value || 'id' in value);
}
