// Turns messages into n8n's errors. Each error names every video that the run has paid for, and no secret.

import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import type { VideoId } from '../akool/video';
import { withCharged, type UserMessage } from './userMessage';
import { withoutSecrets } from './redact';

/** A video that was paid for, as an error's reader needs to know it. */
export interface PaidVideo {
	id: VideoId;
	deductionCredit: number | undefined;
}

function paidVideosText(paid: readonly PaidVideo[]): string {
	if (paid.length === 0) return '';
	const charges = paid.flatMap(({ deductionCredit }) => deductionCredit ?? []);
	const known = charges.length === paid.length ? '' : 'at least ';
	const credits =
		charges.length === 0 ? 'an unknown number of' : `${known}${charges.reduce((sum, charge) => sum + charge, 0)}`;
	const ids = paid.map(({ id }) => id).join(', ');
	const noun = paid.length === 1 ? 'video' : 'videos';
	return `\n\nThis execution has created ${paid.length} ${noun} for ${credits} credits: ${ids}. Get shows the state, and Download gets the finished files, within seven days.`;
}

export interface ErrorPlace {
	node: INode;
	account: AkoolAccount;
	/** Undefined for what concerns the whole run, a run of one item, and what goes into an item: there n8n shows which one it is. */
	itemIndex: number | undefined;
	paid: readonly PaidVideo[];
	/** How a line ends where the error is read: n8n's editor takes the description for HTML, where line breaks are blanks. */
	lineBreak: '\n' | '<br>';
}

/** Makes the error that n8n shows for a message. */
export function toNodeError(said: UserMessage, place: ErrorPlace): NodeApiError | NodeOperationError {
	const { node, account, itemIndex, paid, lineBreak } = place;
	const where = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	const message = withoutSecrets(`${said.title}${where}`, account);
	const told = paid.length === 0 ? said.description : withCharged(`${said.description}${paidVideosText(paid)}`);
	const plain = withoutSecrets(told, account);
	// Text from outside is shown as it is, not interpreted.
	const shown = lineBreak === '<br>' ? plain.replaceAll('<', '&lt;') : plain;
	const description = shown.replaceAll('\n', lineBreak);
	// n8n would add the item's number a second time if it knew it.
	if (said.code === undefined) return new NodeOperationError(node, message, { description });
	return new NodeApiError(node, { code: String(said.code) }, { message, description });
}
