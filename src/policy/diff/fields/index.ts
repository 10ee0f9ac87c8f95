/** Every key of the language, as the differ sees it. A key that is missing here is a failing test. */
import type { Fields, Lists } from '../field.ts';
import { claimFields, claimLists } from './claims.ts';
import { keepingFields, keepingLists } from './keeping.ts';
import { receiverFields, receiverLists } from './receivers.ts';
import { rightFields, rightLists } from './rights.ts';
import { whoFields, whoLists } from './who.ts';
import { whyFields, whyLists } from './why.ts';

export const fields: Fields = {
  ...whoFields,
  ...whyFields,
  ...receiverFields,
  ...keepingFields,
  ...rightFields,
  ...claimFields,
};

export const lists: Lists = {
  ...whoLists,
  ...whyLists,
  ...receiverLists,
  ...keepingLists,
  ...rightLists,
  ...claimLists,
};
