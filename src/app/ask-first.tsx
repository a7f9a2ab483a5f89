import { useState } from 'react';
import { Button, Checkbox, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { askFirst } from '../messages/general.ts';
import { goTo } from './header.tsx';
import { listWasSeen } from './session.ts';
import { Sources } from './sources.tsx';
import { useSpeaker } from './use-speaker.ts';

/**
 * Who should ask somebody first: the same list for everybody, shown before anything is computed for a person. What is ticked
 * lives in this component and nowhere else, decides nothing in the computation and is gone when the dialog closes.
 */
export function AskFirst() {
  const speaker = useSpeaker();
  const { say } = speaker;
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
          <Heading slot="title">{say('app.ask.title')}</Heading>
          <p>
            {say('ask.intro')} {say('app.ask.ticked')} {say('ask.review')} <Sources ids={['E-34']} />
          </p>
          <div className="groups">
            {askFirst(speaker).map(({ id, title, items }) => (
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
              {say('ask.any-then')}
            </p>
          )}
          <p className="ways">
            <Button className="main" onPress={listWasSeen}>
              {any ? say('app.ask.will') : say('app.ask.go-on', { none: say('ask.none') })}
            </Button>
            <Button className="quiet" onPress={() => void goTo('story')}>
              {say('app.ask.back')}
            </Button>
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
