import type {Preview} from '@storybook/web-components-vite';

const preview: Preview = {
  parameters: {
    layout: 'fullscreen',
    a11y: {test: 'error'},
    options: {storySort: {order: ['Panel', 'Elements']}},
  },
  globalTypes: {
    scheme: {
      description: 'Color scheme',
      toolbar: {
        title: 'Scheme',
        items: ['light', 'dark'],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: {scheme: 'light'},
  decorators: [
    (story, {globals}) => {
      document.documentElement.style.colorScheme = String(globals['scheme']);
      return story();
    },
  ],
};

export default preview;
