/** Every refusal of access, Dutch and English side by side. None that a stranger sees tells whether an account exists. */
import { Mistake, Refusal, type RefusalStatus } from '../base/refusal.ts';

const refusal = (code: string, nl: string, en: string, status?: RefusalStatus) => (): Refusal =>
  new Refusal(code, { nl, en }, status);

export const refusals = {
  notThere: refusal('not-there', 'Dit is er niet, of niet voor u.', 'This is not there, or not for you.', 404),
  signInNeeded: refusal('sign-in-needed', 'Meld u eerst aan.', 'Sign in first.', 401),
  stepUpNeeded: refusal(
    'step-up-needed',
    'Laat opnieuw uw tweede factor zien: dit is niet terug te draaien, of niet voor ieders ogen.',
    'Show your second factor again: this cannot be undone, or is not for everyone to see.',
    401,
  ),
  signInRefused: refusal(
    'sign-in-refused',
    'Dit klopt niet samen. Kijk het na en probeer het opnieuw.',
    'These do not belong together. Look again and retry.',
  ),
  codeRefused: refusal(
    'code-refused',
    'Deze code klopt niet, is al gebruikt of is verlopen. Wacht op de volgende.',
    'This code is not right, was used already or has expired. Wait for the next one.',
  ),
  passkeyRefused: refusal(
    'passkey-refused',
    'Deze toegangssleutel kon niet worden gecontroleerd. Begin opnieuw.',
    'This passkey could not be checked. Begin again.',
  ),
  passkeyNameTaken: refusal(
    'passkey-name-taken',
    'U hebt al een toegangssleutel met deze naam.',
    'You have a passkey of this name already.',
  ),
  flowOver: refusal(
    'sign-in-over',
    'Dit duurde te lang of is al afgerond. Begin opnieuw met aanmelden.',
    'This took too long or is finished already. Begin signing in again.',
  ),
  wait: (seconds: number) =>
    new Refusal('sign-in-wait', {
      nl: `Te veel pogingen. Wacht ${seconds} seconden en probeer het dan opnieuw. Met een toegangssleutel kan het nu al.`,
      en: `Too many attempts. Wait ${seconds} seconds and try again. With a passkey you need not wait.`,
    }),
  busy: refusal(
    'sign-in-busy',
    'Er melden zich te veel mensen tegelijk aan. Probeer het zo opnieuw.',
    'Too many people are signing in at once. Try again in a moment.',
  ),
  linkOver: refusal(
    'link-over',
    'Deze link is al gebruikt of verlopen. Vraag een nieuwe.',
    'This link was used already or has expired. Ask for a new one.',
  ),
  passwordTooLong: refusal(
    'password-too-long',
    'Dit wachtwoord is langer dan 1024 bytes.',
    'This password is longer than 1024 bytes.',
  ),
  passwordTooShort: (least: number, secondFactor: boolean) =>
    new Refusal('password-too-short', {
      nl: secondFactor
        ? `Een wachtwoord heeft minstens ${least} tekens.`
        : `Een wachtwoord zonder tweede factor heeft minstens ${least} tekens. Stel eerst een tweede factor in voor een korter wachtwoord, of neem een paar woorden.`,
      en: secondFactor
        ? `A password has at least ${least} characters.`
        : `A password without a second factor has at least ${least} characters. Enrol a second factor first for a shorter one, or take a few words.`,
    }),
  passwordExpected: refusal(
    'password-expected',
    'Dit wachtwoord wordt door velen gebruikt of geprobeerd. Kies een ander; een paar losse woorden is goed.',
    'This password is one that many use or try. Choose another; a few unrelated words will do.',
  ),
  passwordNeeded: refusal(
    'password-needed',
    'Stel eerst een wachtwoord of een toegangssleutel in.',
    'Set a password or a passkey first.',
  ),
  secondFactorNeeded: refusal(
    'second-factor-needed',
    'Stel eerst een tweede factor in: een toegangssleutel, of een app die codes maakt.',
    'Enrol a second factor first: a passkey, or an app that makes codes.',
  ),
  lastFactor: refusal(
    'last-factor',
    'Dit is de laatste manier waarop u zich kunt aanmelden. Stel eerst een andere in.',
    'This is the last way in which you can sign in. Enrol another one first.',
  ),
  nameTaken: (name: string) =>
    new Refusal('name-taken', {
      nl: `Er is al iemand met de naam "${name}". Is het dezelfde persoon, zeg dat dan (--same-person); anders een vollere naam.`,
      en: `There is somebody named "${name}" already. Say so if it is the same person (--same-person); else use a fuller name.`,
    }),
  emailTaken: refusal(
    'email-taken',
    'Er is al een account met dit e-mailadres.',
    'There is an account with this e-mail address already.',
  ),
  badAccount: (field: string, nl: string, en: string) => new Mistake('account-wrong', { nl, en }, 409, field),
  noAccount: refusal(
    'no-account',
    'Er is geen account met dit e-mailadres.',
    'There is no account with this e-mail address.',
  ),
  ownRoles: refusal(
    'own-roles',
    'Uw eigen rollen of account verandert iemand anders.',
    'Somebody else changes your own roles or account.',
  ),
  dpoRole: refusal(
    'dpo-role',
    'De rol van functionaris gegevensbescherming wordt gegeven of genomen door een functionaris, of op de opdrachtregel.',
    'The role of data protection officer is given or taken by a data protection officer, or on the command line.',
  ),
  providerUnknown: refusal(
    'provider-unknown',
    'Deze aanmelddienst is hier niet bekend.',
    'This sign-in service is not known here.',
  ),
  providerNeeded: refusal(
    'provider-needed',
    'Dit account meldt zich aan bij de aanmelddienst van de organisatie.',
    'This account signs in with the sign-in service of the organisation.',
  ),
  providerNoRole: refusal(
    'provider-no-role',
    'De aanmelddienst geeft u hier geen rol. Vraag ernaar bij wie haar beheert.',
    'The sign-in service gives you no role here. Ask whoever runs it.',
  ),
  providerAway: refusal(
    'provider-away',
    'De aanmelddienst is niet te bereiken. Probeer het later opnieuw, of meld u op een andere manier aan.',
    'The sign-in service cannot be reached. Try again later, or sign in another way.',
  ),
  providerRefused: refusal(
    'provider-refused',
    'De aanmelddienst gaf geen antwoord dat klopt. Begin opnieuw; blijft het zo, waarschuw dan uw beheerder.',
    'The sign-in service gave no answer that is right. Begin again; if it stays so, tell whoever runs it.',
  ),
  providerWeak: refusal(
    'provider-weak',
    'De aanmelddienst heeft maar één factor gezien. Meld u daar aan met twee factoren.',
    'The sign-in service saw one factor only. Sign in there with two.',
  ),
  providerStranger: refusal(
    'provider-stranger',
    'Dit account van de aanmelddienst is hier aan niemand verbonden. Meld u aan zoals anders en verbind het dan; een gelijk e-mailadres is niet genoeg.',
    'This account of the sign-in service belongs to nobody here. Sign in as you did before and connect it then; an equal e-mail address is not enough.',
  ),
  providerTaken: refusal(
    'provider-taken',
    'Dit account van de aanmelddienst is al aan iemand verbonden.',
    'This account of the sign-in service is connected to somebody already.',
  ),
  boxNotReady: refusal(
    'dpo-box-not-ready',
    'De functionaris gegevensbescherming heeft nog geen sleutel gemaakt. Schrijf een brief.',
    'The data protection officer has made no key yet. Write a letter.',
  ),
  boxThere: refusal(
    'dpo-box-there',
    'Er is al een postvak. Maak een sleutel en laat u toe door een functionaris die het kan openen.',
    'There is a box already. Make a key and have it admitted by a data protection officer who can open it.',
  ),
  boxHasKey: refusal(
    'dpo-box-has-key',
    'U hebt al een sleutel van dit postvak.',
    'You have a key to this box already.',
  ),
  boxOwnKey: refusal(
    'dpo-box-own-key',
    'Uw eigen sleutel neemt een andere functionaris uit.',
    'Another data protection officer takes your own key out.',
  ),
  boxPassphrase: refusal(
    'dpo-box-passphrase',
    'Deze wachtzin opent uw sleutel niet.',
    'This passphrase does not open your key.',
  ),
  boxSamePassword: refusal(
    'dpo-box-same-password',
    'Neem een andere wachtzin dan het wachtwoord waarmee u zich aanmeldt.',
    'Take another passphrase than the password with which you sign in.',
  ),
  boxParts: refusal(
    'dpo-box-parts',
    'Verdeel de herstelcode in 2 tot 12 delen, waarvan er minstens 2 nodig zijn.',
    'Split the recovery code into 2 to 12 parts, of which at least 2 are needed.',
  ),
  boxCodes: refusal(
    'dpo-box-codes',
    'Deze delen geven samen de sleutel niet: twee keer hetzelfde deel, of een deel van een ander postvak.',
    'These parts together do not give the key: the same part twice, or a part of another box.',
  ),
  boxMistyped: (lines: string) =>
    refusal(
      'dpo-box-codes',
      `Dit is geen deel, of het is verschreven: regel ${lines}.`,
      `This is no part, or it is mistyped: line ${lines}.`,
    )(),
  boxTooFew: (given: number, needed: number) =>
    refusal(
      'dpo-box-codes',
      `Dat zijn te weinig delen: ${given}, en er zijn er ${needed} nodig.`,
      `These are too few parts: ${given}, and ${needed} are needed.`,
    )(),
  boxUnreadable: refusal(
    'dpo-box-unreadable',
    'Een bericht in het postvak kan met deze sleutel niet worden geopend; er is niets veranderd.',
    'A message in the box cannot be opened with this key; nothing was changed.',
  ),
  boxForeignKey: refusal(
    'dpo-box-foreign-key',
    'In de opslag staat een sleutel van het postvak die niemand heeft toegelaten. Er wordt niets aangenomen tot dit is uitgezocht.',
    'The store has a key to the box that nobody admitted. Nothing is taken in until this has been looked into.',
  ),
  samePerson: refusal(
    'same-person',
    'Hier kijken twee personen naar. Wie het vroeg, kan het niet ook verlenen, ook niet met een ander account.',
    'Two people look at this. Whoever asked cannot grant it too, not with another account either.',
  ),
  secondNeeded: refusal(
    'second-needed',
    'Eerst kijkt een tweede persoon hiernaar.',
    'A second person looks at this first.',
  ),
  changedSince: refusal(
    'changed-since',
    'Dit is intussen veranderd. Kijk opnieuw voor u beslist.',
    'This has changed meanwhile. Look again before you decide.',
  ),
  declarationThere: (version: string) =>
    new Refusal('declaration-there', {
      nl: `Er is al een verklaring met versie "${version}". Wat getekend is, verandert niet: geef de nieuwe tekst een nieuwe versie.`,
      en: `There is a declaration of version "${version}" already. What was signed does not change: give the new text a new version.`,
    }),
  reviewUndecided: (n: number) =>
    new Refusal('review-undecided', {
      nl: `Over ${n} accounts is nog niet beslist.`,
      en: `${n} accounts are not decided yet.`,
    }),
  directoryAway: (directory: string) =>
    new Refusal('directory-away', {
      nl: `De adreslijst "${directory}" is niet te lezen: onbereikbaar, geweigerd, of er is niet wat access.yaml noemt.`,
      en: `The directory "${directory}" cannot be read: out of reach, refused, or without what access.yaml names.`,
    }),
  letterTooLong: refusal(
    'letter-too-long',
    'Een bericht heeft een onderwerp van hoogstens 200 en een tekst van hoogstens 50.000 tekens.',
    'A message has a subject of at most 200 and a text of at most 50,000 characters.',
  ),
};
