/** P07–P13: how long. Each retention rule and each term of the policy is a part by itself; what stands here comes on top. */
import type { Text } from '../../../base/language.ts';
import { check, declaration, type Promised } from './need.ts';

const elsewhere: Text = {
  nl: 'Wat er staat in systemen die niet zijn aangesloten, in back-ups of op papier.',
  en: 'What is in systems that are not connected, in backups or on paper.',
};
const counted = (what: Text): Text => ({
  nl: `In de systemen zelf is geteld of er ${what.nl} voorbij de termijn zijn. Wat een lopende zaak of de wet vasthoudt telt apart.`,
  en: `In the systems themselves it was counted whether there are ${what.en} past the term. What a pending case or the law keeps counts apart.`,
});

export const keeping: Readonly<Record<string, Promised>> = {
  P07: {
    title: {
      nl: 'Bewaard zolang het contract of de wet het vraagt',
      en: 'Kept as long as the contract or the law demands',
    },
    needs: [],
    shows: counted({ nl: 'gegevens', en: 'pieces of data' }),
    doesNotShow: elsewhere,
    verify: {
      nl: 'Was u klant? Vraag inzage na afloop van de termijn: er hoort niets te zijn dan wat de wet vraagt.',
      en: 'Were you a customer? Ask for access after the term: nothing should be there but what the law demands.',
    },
  },
  P08: {
    title: { nl: 'Gespreksopnames niet langer dan beloofd', en: 'Call recordings no longer than promised' },
    needs: [],
    shows: counted({
      nl: 'opnames, gespreksgegevens of uitgeschreven teksten',
      en: 'recordings, call data or transcripts',
    }),
    doesNotShow: elsewhere,
    verify: {
      nl: 'Belde u ons langer geleden dan de termijn? Vraag uw opname op: die hoort weg te zijn.',
      en: 'Did you call us longer ago than the term? Ask for your recording: it should be gone.',
    },
  },
  P09: {
    title: { nl: 'Camerabeelden niet langer dan beloofd', en: 'Video no longer than promised' },
    needs: [],
    shows: counted({ nl: 'camerabeelden', en: 'camera images' }),
    doesNotShow: elsewhere,
    verify: {
      nl: 'Kwam u langer geleden dan de termijn in beeld? Vraag het beeld op: het hoort weg te zijn.',
      en: 'Were you on camera longer ago than the term? Ask for the images: they should be gone.',
    },
  },
  P10: {
    title: { nl: 'Prospects zolang ze prospect zijn', en: 'Prospects as long as they are prospects' },
    needs: [],
    shows: counted({ nl: 'prospects', en: 'prospects' }),
    doesNotShow: elsewhere,
    verify: {
      nl: 'Vroeg u ooit om informatie en hoorde u lang niets? Vraag inzage: er hoort niets te zijn.',
      en: 'Did you once ask for information and heard nothing for long? Ask for access: nothing should be there.',
    },
  },
  P11: {
    title: {
      nl: 'Sollicitanten niet langer dan beloofd, langer alleen met toestemming',
      en: 'Applicants no longer than promised, longer only with consent',
    },
    needs: [],
    shows: counted({ nl: 'sollicitaties', en: 'applications' }),
    doesNotShow: elsewhere,
    verify: {
      nl: 'Solliciteerde u zonder toestemming voor langer? Vraag na de termijn inzage: er hoort niets te zijn.',
      en: 'Did you apply without consent for longer? Ask for access after the term: nothing should be there.',
    },
  },
  P12: {
    title: {
      nl: 'Personeelsgegevens niet langer dan nodig, en afgeschermd',
      en: 'Employee records no longer than needed, and closed off',
    },
    needs: [declaration('personnel-access')],
    shows: counted({ nl: 'personeelsgegevens', en: 'employee records' }),
    doesNotShow: elsewhere,
    verify: {
      nl: 'Werkte u bij ons? Vraag inzage: het antwoord noemt wat er nog is, en waarom.',
      en: 'Did you work with us? Ask for access: the answer tells what is still there, and why.',
    },
  },
  P13: {
    title: { nl: 'Kopieën van identiteitsbewijzen hebben een einde', en: 'Copies of identity documents have an end' },
    needs: [check('id-copy-terms')],
    shows: {
      nl: 'Voor elke soort kopie staat in het beleid wanneer zij weg moet zijn. Waar een systeem is aangesloten, is daarin geteld.',
      en: 'For each kind of copy the policy tells when it must be gone. Where a system is connected, they were counted in it.',
    },
    doesNotShow: elsewhere,
    verify: {
      nl: 'Vraag inzage: het antwoord noemt elke kopie en haar einddatum.',
      en: 'Ask for access: the answer names each copy and its end.',
    },
  },
};
