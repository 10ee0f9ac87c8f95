/** Who receives data, under which agreement, and what makes it safe outside the EEA. */
import type { Activity, RecipientOf, Transfer } from '../register/model.ts';
import { both, day, shown, place, term, unique, type Around, type Node, type Reference } from './graph.ts';
import * as terms from './terms.ts';

export function receivers(activity: Activity, around: Around): Node {
  const shownTo = activity.recipients.filter((one) => around.audience === 'register' || one.inStatement);
  const found: Record<string, Reference[]> = {};
  for (const one of shownTo) (found[terms.recipients[one.role].by] ??= []).push(recipient(one, around));
  const { 'dpv:hasDataProcessor': processors = [], ...others } = found;
  const own = activity.role === 'processor' ? [term(around.graph.name('organisation'))] : [];
  return { ...others, 'dpv:hasDataProcessor': [...own, ...processors] };
}

function recipient(one: RecipientOf, { graph, audience, register }: Around): Reference {
  const { agreement } = one;
  const gets = register.activities.flatMap((each) => each.recipients).filter((each) => each.id === one.id);
  return graph.put(one.from, {
    '@type': terms.recipients[one.role].types,
    'dct:identifier': one.id,
    'dct:description': both(one.text),
    'dpv:hasName': one.name ?? undefined,
    'dpv:hasCountry': place(one.country),
    'dpv:hasPersonalData': unique(gets.flatMap((each) => each.data).map((id) => term(graph.name(`data.${id}`)))),
    'dpv:hasLegalMeasure':
      agreement && audience === 'register'
        ? graph.put(agreement.from, {
            '@type': [
              'dpv:DataProcessingAgreement',
              one.role === 'sub-processor' ? 'dpv:SubProcessorAgreement' : 'dpv:ControllerProcessorAgreement',
            ],
            'dct:identifier': agreement.id,
            'dct:issued': day(agreement.signed),
            'dct:valid': day(agreement.until),
            'dct:source': agreement.document ?? undefined,
          })
        : undefined,
  });
}

export function transfer(one: Transfer, activity: Activity, { graph, audience }: Around): Reference {
  const to = activity.recipients.find((each) => each.id === one.recipient);
  const decision = one.mechanism === '45' && one.inadequate === null && terms.adequacy.includes(one.country);
  const named = to !== undefined && (audience === 'register' || to.inStatement);
  return graph.put(one.from, {
    '@type': ['dpv:Transfer', 'dpv:CrossBorderTransfer'],
    'dpv:hasLocation': place(one.country),
    'dpv:hasThirdCountry': place(one.country),
    'dpv:hasRecipient': named ? term(graph.name(to.from)) : undefined,
    'dpv:hasLegalBasis':
      one.mechanism === null || one.inadequate !== null
        ? undefined
        : [term(terms.mechanism(one.mechanism)), ...(decision ? [term(`legal-eu:Adequacy-EU-${one.country}`)] : [])],
    'dct:description': both(one.copy),
    'dpv:hasImpactAssessment': one.assessment
      ? { '@type': 'dpv:DataTransferImpactAssessment', ...shown(one.assessment, audience === 'register') }
      : undefined,
  });
}
