import {LitElement} from 'lit';

const nextFrame = () =>
  new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** All Lit elements in a tree, shadow roots included. */
export function litElements(root: ParentNode): readonly LitElement[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element instanceof LitElement ? [element] : []),
    ...(element.shadowRoot === null ? [] : litElements(element.shadowRoot)),
  ]);
}

/**
 * Waits until nothing in a tree wants to render any more: for five frames in
 * a row, since what streams in is not drawn with each.
 */
export async function settle(root: ParentNode): Promise<void> {
  let calm = 0;
  for (let frames = 0; calm < 5 && frames < 120; frames += 1) {
    const pending = litElements(root).filter((each) => each.isUpdatePending);
    calm = pending.length === 0 ? calm + 1 : 0;
    await Promise.all(pending.map((each) => each.updateComplete));
    await nextFrame();
  }
  const animations = litElements(root).flatMap(
    ({shadowRoot}) => shadowRoot?.getAnimations() ?? [],
  );
  await Promise.allSettled(animations.map(({finished}) => finished));
}
