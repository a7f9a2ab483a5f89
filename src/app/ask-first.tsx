import { useState } from 'react';
import { Button, Checkbox, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { ASK_FIRST, NONE_OF_THESE } from './ask-first.data.ts';
import { goTo } from './header.tsx';
import { listWasSeen } from './session.ts';
import { Sources } from './sources.tsx';

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
          <Heading slot="title">Before you look at your own body</Heading>
          <p>
            This list is general information, the same for everybody. If a line fits, or might, ask somebody who can
            examine you before anything presses deep into your belly. What you tick stays in this window, is stored
            nowhere and goes with it. <Sources ids={['E-34']} />
          </p>
          <div className="groups">
            {ASK_FIRST.map(({ id, title, items }) => (
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
              Then please ask first: somebody who can examine you, before any tool or hand presses there. The model can
              be looked at all the same; it knows nothing of what you ticked, and its figures do not hold for it.
            </p>
          )}
          <p className="ways">
            <Button className="main" onPress={listWasSeen}>
              {any ? 'I will ask first – show the model' : NONE_OF_THESE}
            </Button>
            <Button className="quiet" onPress={() => void goTo('story')}>
              Back to the story
            </Button>
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
