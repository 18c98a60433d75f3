import type { LetterReader } from '../letter.ts';
import { batch } from './batch.ts';
import { event } from './event.ts';
import { invocation } from './invocation.ts';
import { notification } from './notification.ts';

/** Every kind of message that the stack's failure queues can have. */
export const letterReaders: readonly LetterReader[] = [batch, invocation, event, notification];
