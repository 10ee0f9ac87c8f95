/** What a person may ask, how, and where to complain. */
import type { Text } from '../../../../base/language.ts';
import { joined } from '../../../../base/wording.ts';
import type { Policy } from '../../../../policy/index.ts';

type Rights = NonNullable<Policy['rights']>;
export type Right = Rights['list'][number]['right'];
type Channel = Rights['channels'][number];

interface Explained {
  readonly title: Text;
  readonly text: Text;
}

export const rights: Record<Right, Explained> = {
  access: {
    title: { nl: 'Inzien', en: 'See it' },
    text: {
      nl: 'U mag weten welke gegevens wij van u hebben, waarvoor, hoe lang en van wie wij ze kregen. Wij vertellen ook wie ze van ons kreeg. U krijgt er een kopie van.',
      en: 'You may know which data we have about you, what for, how long and from whom we got it. We also tell you who got it from us. You get a copy of it.',
    },
  },
  rectification: {
    title: { nl: 'Verbeteren', en: 'Correct it' },
    text: {
      nl: 'Klopt er iets niet, of ontbreekt er iets? Zeg het ons, dan passen wij het aan.',
      en: 'Is something wrong or missing? Tell us, and we correct it.',
    },
  },
  erasure: {
    title: { nl: 'Wissen', en: 'Delete it' },
    text: {
      nl: 'U mag vragen of wij uw gegevens wissen. Dat doen wij als wij ze niet meer nodig hebben, of als u uw ja intrekt. Dat doen wij ook als uw bezwaar klopt, of als wij ze niet mochten gebruiken. Wij wissen niet wat wij van de wet moeten bewaren, of wat nodig is voor een rechtszaak.',
      en: 'You may ask us to delete your data. We do so when we no longer need it, or when you take back your yes. We also do so when your objection is right, or when we were not allowed to use it. We do not delete what the law makes us keep, or what a court case needs.',
    },
  },
  restriction: {
    title: { nl: 'Stilzetten', en: 'Freeze it' },
    text: {
      nl: 'U mag vragen of wij uw gegevens een tijd niet gebruiken. Dat kan als wij uitzoeken of ze kloppen, of als wij uw bezwaar bekijken. Het kan ook als wij ze niet mochten gebruiken, maar u ze niet wilt laten wissen. En het kan als u ze zelf nog nodig hebt voor een rechtszaak.',
      en: 'You may ask us not to use your data for a while. That is possible while we find out whether it is right, or while we look at your objection. It is also possible when we were not allowed to use it, but you do not want it deleted. And it is possible when you still need it yourself for a court case.',
    },
  },
  portability: {
    title: { nl: 'Meenemen', en: 'Take it with you' },
    text: {
      nl: 'Wat u ons zelf gaf, krijgt u in een bestand waarmee een ander verder kan. Wij sturen het ook rechtstreeks aan een ander, als dat technisch kan.',
      en: 'What you gave us yourself, you get in a file that another can work with. We also send it straight to another where that is technically possible.',
    },
  },
  objection: {
    title: { nl: 'Bezwaar maken', en: 'Object' },
    text: {
      nl: 'U mag bezwaar maken tegen wat wij met uw gegevens doen.',
      en: 'You may object to what we do with your data.',
    },
  },
  withdrawal: {
    title: { nl: 'Toestemming intrekken', en: 'Take back your consent' },
    text: {
      nl: 'Zei u ja? Dan mag u dat altijd weer intrekken, en dat is net zo makkelijk. Wat wij vóór die tijd deden, blijft geldig.',
      en: 'Did you say yes? You may always take that back, just as easily. What we did before that stays valid.',
    },
  },
  'human-review': {
    title: { nl: 'Een mens laten meekijken', en: 'Have a person look at it' },
    text: {
      nl: 'Nam een computer een besluit over u? Dan mag u vragen of een mens ernaar kijkt. Die luistert naar u en beslist opnieuw.',
      en: 'Did a computer decide something about you? Then you may ask a person to look at it. That person hears you and decides anew.',
    },
  },
};

export const asked = {
  title: { nl: 'Uw rechten', en: 'Your rights' },
  lead: { nl: 'Dit mag u van ons vragen:', en: 'This is what you may ask of us:' },
  limited: {
    nl: 'Dat geldt voor gegevens die wij gebruiken met uw ja of voor een contract met u.',
    en: 'That holds for data that we use with your yes or for a contract with you.',
  },
};

export const objection = {
  title: { nl: 'U mag bezwaar maken', en: 'You may object' },
  when: {
    nl: 'Gebruiken wij uw gegevens omdat wij er een goede reden voor hebben? Dan mag u daar altijd bezwaar tegen maken, als uw situatie daar reden voor geeft.',
    en: 'Do we use your data because we have a good reason for it? You may always object to that when your situation calls for it.',
  },
  weigh: {
    nl: 'Wij stoppen dan, tenzij wij kunnen laten zien dat onze reden zwaarder weegt. Wat nodig is voor een rechtszaak, mogen wij ook dan nog gebruiken.',
    en: 'We then stop, unless we can show that our reason weighs more. What a court case needs we may still use.',
  },
  noProof: { nl: 'U hoeft niets te bewijzen.', en: 'You do not have to prove anything.' },
  mustShow: {
    nl: 'U laat ons dan zien waarom wij geen reden hebben.',
    en: 'You then show us why we have no reason.',
  },
  marketing: {
    nl: 'Wilt u geen reclame of nieuws van ons? Dan stoppen wij altijd. U hoeft niet te zeggen waarom.',
    en: 'Do you not want advertising or news from us? Then we always stop. You do not have to say why.',
  },
  lead: {
    nl: 'U mag bezwaar maken als wij gegevens hiervoor gebruiken:',
    en: 'You may object when we use data for this:',
  },
  /** A purpose that rests on the contract with those who have one: they cannot object to what they agreed. */
  withoutContract: (purpose: Text): Text => ({
    nl: `${purpose.nl}, als u zelf geen contract met ons hebt`,
    en: `${purpose.en}, if you have no contract with us yourself`,
  }),
};

const channelWords: Record<Channel, Text> = {
  email: { nl: 'per e-mail', en: 'by e-mail' },
  post: { nl: 'per post', en: 'by post' },
  phone: { nl: 'per telefoon', en: 'by telephone' },
  portal: { nl: 'in uw eigen online omgeving', en: 'in your own online environment' },
  form: { nl: 'met een formulier op onze website', en: 'with a form on our website' },
};

export const how = {
  title: { nl: 'Zo vraagt u het', en: 'How to ask' },
  channels: (channels: readonly Channel[]): Text => {
    const ways = joined(
      channels.map((one) => channelWords[one]),
      { nl: 'of', en: 'or' },
    );
    return { nl: `U kunt het ons vragen ${ways.nl}.`, en: `You can ask us ${ways.en}.` };
  },
  free: { nl: 'Het kost u niets.', en: 'It costs you nothing.' },
  within: (term: Text): Text => ({
    nl: `U krijgt antwoord binnen ${term.nl}.`,
    en: `You get an answer within ${term.en}.`,
  }),
  extended: {
    nl: 'Is uw vraag moeilijk, dan mogen wij er twee maanden langer over doen. Dat zeggen wij u dan in de eerste maand, met de reden.',
    en: 'If your question is difficult, we may take two months more. We then tell you so in the first month, with the reason.',
  },
  refused: {
    nl: 'Zeggen wij nee, dan leest u waarom. U leest dan ook waar u daarover kunt klagen, en dat u naar de rechter kunt.',
    en: 'If we say no, you read why. You then also read where you can complain about that, and that you can go to court.',
  },
  passedOn: {
    nl: 'Verbeteren of wissen wij iets? Dan vertellen wij dat ook aan wie die gegevens van ons kreeg.',
    en: 'Do we correct or delete something? Then we also tell those who got that data from us.',
  },
  idCopy: {
    never: {
      nl: 'Wij vragen daarvoor nooit een kopie van uw identiteitsbewijs.',
      en: 'We never ask for a copy of your identity document for this.',
    },
    'last-resort': {
      nl: 'Wij moeten weten dat u het bent. Een kopie van uw identiteitsbewijs vragen wij alleen als het niet anders kan. U maakt de foto en uw burgerservicenummer daarop onleesbaar.',
      en: 'We must know that it is you. We ask for a copy of your identity document only when there is no other way. You make the photo and your citizen service number (BSN) on it unreadable.',
    },
    always: {
      nl: 'Wij vragen daarvoor een kopie van uw identiteitsbewijs.',
      en: 'We ask for a copy of your identity document for this.',
    },
  },
};

/** "de Autoriteit Persoonsgegevens": with an article where the name wants one. */
export function authorityWords(name: string): Text {
  const common = /^(Autoriteit|Commissie|Gegevensbeschermingsautoriteit|Toezichthouder)/u.test(name);
  const english = common || /(Authority|Commission|Commissioner|Office|Agency|Board)\b/u.test(name);
  return { nl: common ? `de ${name}` : name, en: english && !/^the /iu.test(name) ? `the ${name}` : name };
}

export const complaint = {
  title: { nl: 'Een klacht', en: 'A complaint' },
  authority: (name: Text): Text => ({
    nl: `Bent u niet tevreden? Dan kunt u klagen bij ${name.nl}. Die let erop dat iedereen zich aan de privacywet houdt.`,
    en: `Are you not satisfied? You can complain to ${name.en}. It checks that everyone keeps to privacy law.`,
  }),
  website: {
    nl: 'Dat kan op de website van deze toezichthouder.',
    en: 'You can do so on the website of this authority.',
  },
  /** Art. 77(1): where one lives or works, or where it went wrong. */
  elsewhere: {
    nl: 'Woont of werkt u in een ander land van de Europese Unie, of ging het daar mis? Dan mag u ook daar klagen.',
    en: 'Do you live or work in another country of the European Union, or did it go wrong there? Then you may also complain there.',
  },
  court: {
    nl: 'U kunt ook naar de rechter gaan.',
    en: 'You can also go to court.',
  },
};
