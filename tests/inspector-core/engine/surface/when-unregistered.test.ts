import {expect} from '@esm-bundle/chai';
import {whenUnregistered} from '../../../../inspector-core/engine/surface/when-unregistered.js';
import {
  createPatches,
  type Patches,
} from '../../../../inspector-core/platform/patch.js';
import {rejection} from '../support/scripted.js';

let patches: Patches;

/** A realm's interface; its `unregister()` comes to what it is made with. */
const makeInterface = (answer: () => Promise<boolean>) =>
  class {
    unregister(): Promise<boolean> {
      return answer();
    }
  };

type Interface = {readonly prototype: ServiceWorkerRegistration};

const install = (
  Registration: ReturnType<typeof makeInterface>,
  onCall: () => (registration: unknown) => void,
): void => {
  whenUnregistered(
    patches,
    {ServiceWorkerRegistration: Registration as unknown as Interface},
    onCall,
  );
};

describe('whenUnregistered', () => {
  beforeEach(() => {
    patches = createPatches(() => expect.fail('Nothing is frozen.'));
  });

  afterEach(() => patches.restore());

  it('says of what was unregistered, and of nothing else', async () => {
    const answers = [true, false];
    const Registration = makeInterface(async () => answers.shift() === true);
    const gone: unknown[] = [];
    install(Registration, () => (registration) => gone.push(registration));
    const [first, second] = [new Registration(), new Registration()];
    expect(await first.unregister()).to.equal(true);
    expect(await second.unregister()).to.equal(false);
    expect(gone).to.deep.equal([first]);
  });

  it('keeps its own faults, and the browser’s answer, from each other', async () => {
    const fail = (): never => {
      throw new Error('Ours.');
    };
    for (const onCall of [fail, () => fail]) {
      const Registration = makeInterface(() => Promise.resolve(true));
      install(Registration, onCall);
      expect(await new Registration().unregister()).to.equal(true);
    }
    const Refusing = makeInterface(() => Promise.reject(new TypeError('No.')));
    install(Refusing, () => () => {});
    expect(await rejection(new Refusing().unregister())).to.equal(
      'TypeError: No.',
    );
  });
});
