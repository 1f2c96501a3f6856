// Turns faults into n8n's errors. Whatever an error says, every video that the run has paid for is named in it, and no secret is.

import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import type { VideoId } from '../akool/video';
import type { Fault } from './faults';

/** A video that was paid for, as an error's reader needs to know it. */
export interface PaidVideo {
	id: VideoId;
	deductionCredit: number | undefined;
}

function paidVideosText(paid: readonly PaidVideo[]): string {
	if (paid.length === 0) return '';
	const credits = paid.reduce((sum, video) => sum + (video.deductionCredit ?? 0), 0) || 'an unknown number of';
	const ids = paid.map(({ id }) => id).join(', ');
	const noun = paid.length === 1 ? 'video' : 'videos';
	return ` This run has created ${paid.length} ${noun} for ${credits} credits: ${ids}. Get or Download brings them home, within seven days.`;
}

/** What makes n8n's own links secret: the address of a parked execution, and of a picture. Akool may quote them. */
const SECRET_IN_LINK = /([?&](?:signature|token)=)[^&\s"'\\]+/g;

/** Takes the values that must never be shown out of a text. */
export function withoutSecrets(text: string, account: AkoolAccount): string {
	const secrets = [account.apiKey, account.accessToken].filter((secret) => secret.length > 0);
	const clean = secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
	return clean.replace(SECRET_IN_LINK, '$1***');
}

export interface ErrorPlace {
	node: INode;
	account: AkoolAccount;
	/** Undefined for what concerns the whole run. */
	itemIndex: number | undefined;
	paid: readonly PaidVideo[];
}

/** Makes the error that n8n shows for a fault. */
export function toNodeError(fault: Fault, place: ErrorPlace): NodeApiError | NodeOperationError {
	const { node, account, itemIndex, paid } = place;
	const where = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	const message = withoutSecrets(`${fault.title}${where}`, account);
	const description = withoutSecrets(`${fault.description}${paidVideosText(paid)}`, account);
	// n8n would add the item's number a second time if it were told of it.
	if (fault.code === undefined) return new NodeOperationError(node, message, { description });
	return new NodeApiError(node, { code: String(fault.code) }, { message, description });
}
