import {ref} from 'lit/directives/ref.js';

/** Gives an element a height, which it takes from the panel otherwise. */
export const fill = (blockSize: string) =>
  ref((element) => {
    if (element instanceof HTMLElement) element.style.blockSize = blockSize;
  });
