// A phone call as Vapi sends it: status, turns with the whole history, report.

const said = (body) =>
  body
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)).choices[0]?.delta?.content ?? '')
    .join('');

export class Call {
  constructor(server, { id, from = '+33639981234', to = '+33939240575' }) {
    this.server = server;
    this.call = { id, type: 'inboundPhoneCall', status: 'ringing', customer: { number: from } };
    this.phoneNumber = { provider: 'twilio', number: to };
    this.messages = [{ role: 'assistant', content: 'Bonjour.' }];
  }

  async post(path, body) {
    const answer = await fetch(`${this.server.home}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
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

  async say(text) {
    this.messages.push({ role: 'user', content: text });
    const { call, phoneNumber, messages } = this;
    const { text: body } = await this.post('/api/vapi/chat/completions', {
      model: 'receptionist-fr',
      stream: true,
      messages,
      call,
      phoneNumber,
      customer: call.customer,
    });
    const answer = said(body);
    this.messages.push({ role: 'assistant', content: answer });
    return answer;
  }

  end(endedReason = 'customer-ended-call') {
    return this.hook('end-of-call-report', { endedReason, artifact: {}, analysis: {} });
  }
}

/** Books whatever is offered first; returns what was said. */
export async function bookSomething(call, name = 'Camille Lefèvre') {
  const heard = [await call.say('Bonjour, je voudrais prendre un rendez-vous')];
  for (let turn = 0; turn < 8; turn += 1) {
    const last = heard.at(-1);
    if (/confirmé/i.test(last)) return heard;
    let reply = 'le plus tôt possible';
    if (/se termine par/i.test(last)) reply = 'oui';
    else if (/quel nom|votre nom/i.test(last)) reply = name;
    else if (/\d h/.test(last)) reply = 'le premier';
    heard.push(await call.say(reply));
  }
  throw new Error(`not booked:\n${heard.join('\n')}`);
}
