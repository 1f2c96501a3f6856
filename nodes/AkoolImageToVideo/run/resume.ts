// What happens when Akool calls a parked execution: the call is verified, all unfinished videos are read with one request, and the execution
// goes on once none is unfinished. What the call says is only a reason to look; unfinished, repeated, forged and foreign calls change nothing.

import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import { textOf } from '../akool/json';
import { isCompleted, isFailed, isFinal, type AkoolVideo, type VideoId } from '../akool/video';
import { accountOf } from '../transport/context';
import { toNodeError } from '../transport/errors';
import { failedVideoFault } from '../transport/faults';
import { readResults } from '../transport/results';
import { ANSWER_STATUS_CODES, type CallbackEnding } from '../webhook/answers';
import { readCallback } from '../webhook/readCallback';
import { Downloads } from './download';
import { videoJson, type OutputForm } from './output';
