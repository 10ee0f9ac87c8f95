/**
 * Forms marked data-passkey="register" or "sign-in": the device signs, and the form goes off with what it signed. The options
 * come from the address in data-options; without script the form itself says that a passkey needs it.
 */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { ask } from './ask.ts';

export function passkeys(page: Document): void {
  for (const form of page.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    form.hidden = !browserSupportsWebAuthn();
    form.addEventListener('submit', (event) => {
      if (form.dataset['signed'] === 'yes') return;
      event.preventDefault();
      void sign(form);
    });
  }
}

async function sign(form: HTMLFormElement): Promise<void> {
  const told = form.querySelector<HTMLElement>('[data-told]');
  const button = form.querySelector('button');
  if (told) told.textContent = '';
  button?.setAttribute('disabled', '');
  try {
    const response = await signed(form);
    const field = form.elements.namedItem('response');
    if (!(field instanceof HTMLInputElement)) throw new Error('the form has no place for the response');
    field.value = JSON.stringify(response);
    form.dataset['signed'] = 'yes';
    form.requestSubmit();
  } catch (cause) {
    if (told) told.textContent = form.dataset['failed'] ?? (cause instanceof Error ? cause.message : String(cause));
  } finally {
    button?.removeAttribute('disabled');
  }
}

async function signed(form: HTMLFormElement): Promise<unknown> {
  const options = form.dataset['options'] ?? '';
  if (form.dataset['passkey'] === 'register')
    return startRegistration({ optionsJSON: (await ask<{ options: never }>(options, {})).options });
  return startAuthentication({ optionsJSON: (await ask<{ options: never }>(options, {})).options });
}
