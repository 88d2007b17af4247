// A phone call as Vapi sends it: status, turns with the whole history, report.

import { randomUUID } from 'node:crypto';

/** Everything that callers of this process said and heard. */
export const spoken = [];
export const heard = [];

const chunks = (body) =>
  body
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)));

const said = (body) => chunks(body).map((chunk) => chunk.choices[0]?.delta?.content ?? '').join('');

export class Call {
  constructor(server, { id = randomUUID(), from = '+33639981234', to = '+33939240575', headers = {} } = {}) {
    this.server = server;
    this.headers = headers;
    this.call = { id, type: 'inboundPhoneCall', status: 'ringing', customer: { number: from } };
    if (from === null) delete this.call.customer;
    this.phoneNumber = { provider: 'twilio', number: to };
    this.messages = [{ role: 'assistant', content: 'Bonjour.' }];
  }

  async post(path, body) {
    const answer = await fetch(`${this.server.home}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  }

  hook(type, fields = {}) {
    const { call, phoneNumber } = this;
    return this.post('/api/vapi/webhook', {
      message: { type, timestamp: Date.now(), call, phoneNumber, customer: call.customer, ...fields },
    });
  }

  begin() {
    return this.hook('status-update', { status: 'in-progress' });
  }

  /** Sends a history as it is; nothing is remembered of it here. */
  async ask(messages) {
    spoken.push(...messages.filter(({ role }) => role === 'user').map(({ content }) => content));
    const { call, phoneNumber } = this;
    const { status, text } = await this.post('/api/vapi/chat/completions', {
      model: 'receptionist-fr',
      stream: true,
      messages,
      call,
      phoneNumber,
      customer: call.customer,
    });
    const answer = status === 200 ? said(text) : '';
    heard.push(answer);
    return { status, text, said: answer };
  }

  async say(text) {
    this.messages.push({ role: 'user', content: text });
    const { said: answer } = await this.ask(this.messages);
    this.messages.push({ role: 'assistant', content: answer });
    return answer;
  }

  end(endedReason = 'customer-ended-call') {
    return this.hook('end-of-call-report', { endedReason, artifact: {}, analysis: {} });
  }
}

/** Books whatever is offered first; returns what was said. */
export async function bookSomething(call, name = 'Camille Lefèvre') {
  const answers = [await call.say('Bonjour, je voudrais prendre un rendez-vous')];
  for (let turn = 0; turn < 8; turn += 1) {
    const last = answers.at(-1);
    if (/confirmé/i.test(last)) return answers;
    let reply = 'le plus tôt possible';
    if (/se termine par/i.test(last)) reply = 'oui';
    else if (/quel nom|votre nom/i.test(last)) reply = name;
    else if (/\d h/.test(last)) reply = 'le premier';
    answers.push(await call.say(reply));
  }
  throw new Error(`not booked:\n${answers.join('\n')}`);
}
