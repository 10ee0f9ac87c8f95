/** P29–P37: what people may ask, and what they are told. Requests have no place in this program yet, and the board says so. */
import type { Text } from '../../../base/language.ts';
import { check, declaration, law, nothing, type Need, type Promised } from './need.ts';

const byMail: Text = {
  nl: 'Verzoeken komen per e-mail of post; dit programma behandelt ze nog niet.',
  en: 'Requests arrive by e-mail or post; this program does not handle them yet.',
};
const requests = (title: Text): Need => nothing('requests', title, byMail);
const answered: Text = {
  nl: 'Dat verzoeken op tijd en volledig beantwoord worden.',
  en: 'That requests are answered in time and in full.',
};
const toAuthority: Text = {
  nl: 'Vraag het ons. Krijgt u geen antwoord binnen een maand, dan kunt u klagen bij de toezichthouder.',
  en: 'Ask us. If you get no answer within a month, you can complain to the supervisory authority.',
};

export const people: Readonly<Record<string, Promised>> = {
  P29: {
    title: { nl: 'Recht om te weten wat wij van u hebben', en: 'The right to know what we have of you' },
    needs: [
      requests({ nl: 'Inzage wordt op tijd en volledig gegeven', en: 'Access is given in time and in full' }),
      law,
    ],
    shows: { nl: 'De verklaring noemt het recht en de weg.', en: 'The statement names the right and the way.' },
    doesNotShow: answered,
    verify: toAuthority,
  },
  P30: {
    title: { nl: 'Recht om het te laten verbeteren', en: 'The right to have it corrected' },
    needs: [
      requests({
        nl: 'Een verbetering bereikt elk systeem en elke ontvanger',
        en: 'A correction reaches every system and recipient',
      }),
      law,
    ],
    shows: { nl: 'De verklaring noemt het recht en de weg.', en: 'The statement names the right and the way.' },
    doesNotShow: answered,
    verify: toAuthority,
  },
  P31: {
    title: {
      nl: 'Recht van bezwaar, wissen, beperken, meenemen en intrekken',
      en: 'The right to object, erase, restrict, take along and withdraw',
    },
    needs: [
      requests({
        nl: 'Elk verzoek wordt op tijd en volledig uitgevoerd',
        en: 'Each request is carried out in time and in full',
      }),
      law,
    ],
    shows: { nl: 'De verklaring noemt de rechten en de weg.', en: 'The statement names the rights and the way.' },
    doesNotShow: answered,
    verify: toAuthority,
  },
  P32: {
    title: { nl: 'U kunt klagen bij de toezichthouder', en: 'You can complain to the supervisory authority' },
    needs: [check('published'), law],
    shows: {
      nl: 'De gepubliceerde verklaring noemt de toezichthouder en hoe u die bereikt.',
      en: 'The published statement names the authority and how to reach it.',
    },
    doesNotShow: { nl: 'Hoe een klacht afloopt.', en: 'How a complaint ends.' },
    verify: { nl: 'Lees de verklaring en volg de weg.', en: 'Read the statement and follow the way.' },
  },
  P33: {
    title: {
      nl: 'Een functionaris, en uitleg bij besluiten door een computer',
      en: 'A data protection officer, and decisions by a computer explained',
    },
    needs: [law],
    shows: {
      nl: 'De functionaris is bereikbaar en aangemeld, en elk besluit door een computer is uitgelegd; of er is er geen.',
      en: 'The officer can be reached and is registered, and each decision by a computer is explained; or there is none.',
    },
    doesNotShow: { nl: 'Dat geen systeem toch zelf beslist.', en: 'That no system decides by itself after all.' },
    verify: { nl: 'Schrijf de functionaris.', en: 'Write to the officer.' },
  },
  P34: {
    title: {
      nl: 'Opnames alleen om te leren en om afspraken na te lezen',
      en: 'Recordings only to learn and to check what was agreed',
    },
    needs: [declaration('recording-use'), law],
    shows: {
      nl: 'Iemand van ons verklaarde dat is nagelopen wie terugluisterde, en waarvoor.',
      en: 'One of us declared that it was gone through who listened, and for what.',
    },
    doesNotShow: {
      nl: 'Elk beluisteren: dat wordt nog niet gemeten.',
      en: 'Each listening: that is not measured yet.',
    },
    verify: { nl: 'Vraag wie uw opname heeft beluisterd.', en: 'Ask who listened to your recording.' },
  },
  P35: {
    title: { nl: 'Toegang tot uw eigen online omgeving', en: 'Access to your own online environment' },
    needs: [
      nothing(
        'self-service',
        { nl: 'Klanten melden zich aan en zien wat van henzelf is', en: 'Customers sign in and see what is their own' },
        {
          nl: 'De online omgeving is nog niet aangesloten: niemand ziet hier of zij werkt.',
          en: 'The online environment is not connected yet: nobody sees here whether it works.',
        },
      ),
      law,
    ],
    shows: {
      nl: 'Het beleid noemt waarvoor de omgeving gegevens gebruikt.',
      en: 'The policy tells what the environment uses data for.',
    },
    doesNotShow: { nl: 'Dat aanmelden werkt.', en: 'That signing in works.' },
    verify: { nl: 'Meld u aan.', en: 'Sign in.' },
  },
  P36: {
    title: { nl: 'Nieuws, en het stopt als u dat zegt', en: 'News, and it stops when you say so' },
    needs: [
      nothing(
        'mailing',
        { nl: 'Na bezwaar gaat er geen bericht meer uit', en: 'After an objection no message goes out any more' },
        {
          nl: 'Het verzenden van nieuws is nog niet aangesloten: een bezwaar wordt hier niet gevolgd.',
          en: 'The sending of news is not connected yet: an objection is not followed here.',
        },
      ),
      law,
    ],
    shows: {
      nl: 'De verklaring zegt dat bezwaar tegen nieuws altijd telt.',
      en: 'The statement says that an objection to news always counts.',
    },
    doesNotShow: { nl: 'Dat elk bericht ook stopt.', en: 'That every message really stops.' },
    verify: { nl: 'Meld u af en kijk of er nog iets komt.', en: 'Unsubscribe and see whether anything still comes.' },
  },
  P37: {
    title: {
      nl: 'Wat wij met elkaar bespraken, bewaard bij de relatie',
      en: 'What we discussed, kept with the relation',
    },
    needs: [
      nothing(
        'correspondence',
        {
          nl: 'Elke inzage doorzoekt ook post, e-mail en berichten',
          en: 'Each access also searches letters, e-mail and messages',
        },
        {
          nl: 'Inzage behandelt dit programma nog niet, en een postbus kan het niet aansluiten.',
          en: 'This program does not handle access yet, and cannot connect a mailbox.',
        },
      ),
    ],
    shows: {
      nl: 'Het beleid noemt hoe lang berichten blijven. Waar een systeem is aangesloten, is daarin geteld.',
      en: 'The policy tells how long messages stay. Where a system is connected, they were counted in it.',
    },
    doesNotShow: {
      nl: 'Wat er in postbussen, in back-ups of op papier staat.',
      en: 'What is in mailboxes, in backups or on paper.',
    },
    verify: toAuthority,
  },
};
