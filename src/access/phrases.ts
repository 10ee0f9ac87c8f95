/** Every refusal of access, Dutch and English side by side. None of them tells whether an account exists. */
import { Refusal } from '../base/refusal.ts';

const refusal = (code: string, nl: string, en: string) => (): Refusal => new Refusal(code, { nl, en });

export const refusals = {
  notThere: refusal('not-there', 'Dit is er niet, of niet voor u.', 'This is not there, or not for you.'),
  signInNeeded: refusal('sign-in-needed', 'Meld u eerst aan.', 'Sign in first.'),
  stepUpNeeded: refusal(
    'step-up-needed',
    'Laat opnieuw uw tweede factor zien: dit gaat om iets dat niet terug te draaien is, of niet voor ieders ogen.',
    'Show your second factor again: this cannot be undone, or is not for everyone to see.',
  ),
};
