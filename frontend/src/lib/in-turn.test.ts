import { describe, expect, it } from 'vitest';
import { inTurn } from './in-turn';

/** Requests that are answered when the test says so. */
function server() {
  const begun: string[] = [];
  const answers: (() => void)[] = [];
  const send = (value: string): Promise<void> => {
    begun.push(value);
    return new Promise((resolve, reject) => {
      answers.push(value === 'refused' ? () => reject(new Error(value)) : resolve);
    });
  };
  const answer = async (): Promise<void> => {
    answers.shift()?.();
    await new Promise((done) => setTimeout(done));
  };
  return { begun, send, answer };
}

describe('what is saved in turn', () => {
  it('is sent at once when nothing is on its way', () => {
    const { begun, send } = server();
    inTurn(send).save('first');
    expect(begun).toEqual(['first']);
  });

  it('waits for the answer to what was sent before, and only the last is sent', async () => {
    const { begun, send, answer } = server();
    const { save } = inTurn(send);
    for (const value of ['first', 'second', 'third']) save(value);
    expect(begun).toEqual(['first']);
    await answer();
    expect(begun).toEqual(['first', 'third']);
    await answer();
    save('fourth');
    expect(begun).toEqual(['first', 'third', 'fourth']);
  });

  it('is taken back while it waits, and is not sent then', async () => {
    const { begun, send, answer } = server();
    const { save, takeBack } = inTurn(send);
    save('first');
    save('second');
    expect([takeBack(), takeBack()]).toEqual([{ value: 'second' }, undefined]);
    await answer();
    expect(begun).toEqual(['first']);
  });

  it('goes on after a refusal', async () => {
    const { begun, send, answer } = server();
    const { save } = inTurn(send);
    save('refused');
    save('next');
    await answer();
    expect(begun).toEqual(['refused', 'next']);
  });
});
