import { useState } from 'react';
import { Button, Checkbox, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { askFirst } from '../messages/general.ts';
import { inEnglish } from '../messages/say.ts';
import { goTo } from './header.tsx';
import { listWasSeen } from './session.ts';
import { Sources } from './sources.tsx';

const GROUPS = askFirst(inEnglish);

/**
 * Who should ask somebody first: the same list for everybody, shown before anything is computed for a person. What is ticked
 * lives in this component and nowhere else, decides nothing in the computation and is gone when the dialog closes.
 */
export function AskFirst() {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const any = ticked.size > 0;
  const toggle = (id: string): void => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };
  return (
    <ModalOverlay className="veil" isOpen>
      <Modal className="sheet">
        <Dialog className="ask-first">
          <Heading slot="title">{inEnglish.say('app.ask.title')}</Heading>
          <p>
            {inEnglish.say('ask.intro')} {inEnglish.say('app.ask.ticked')} {inEnglish.say('ask.review')}{' '}
            <Sources ids={['E-34']} />
          </p>
          <div className="groups">
            {GROUPS.map(({ id, title, items }) => (
              <fieldset key={id}>
                <legend>{title}</legend>
                {items.map((item) => (
                  <Checkbox
                    key={item.id}
                    className="tick"
                    isSelected={ticked.has(item.id)}
                    onChange={() => toggle(item.id)}
                  >
                    <span className="box" aria-hidden="true" />
                    {item.text}
                  </Checkbox>
                ))}
              </fieldset>
            ))}
          </div>
          {any && (
            <p className="note" role="status">
              {inEnglish.say('ask.any-then')}
            </p>
          )}
          <p className="ways">
            <Button className="main" onPress={listWasSeen}>
              {any
                ? inEnglish.say('app.ask.will')
                : inEnglish.say('app.ask.go-on', { none: inEnglish.say('ask.none') })}
            </Button>
            <Button className="quiet" onPress={() => void goTo('story')}>
              {inEnglish.say('app.ask.back')}
            </Button>
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
