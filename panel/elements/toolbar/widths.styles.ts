import {css} from 'lit';

/** What has no room in the bar moves into the menu: the least needed first. */
export const widthStyles = css`
  .only-menu,
  [popover] .only-menu {
    display: none;
  }

  @container toolbar (inline-size < 1400px) {
    .bar > .preserve,
    .bar > .line.after-preserve {
      display: none;
    }
    [popover] .only-menu.preserve {
      display: flex;
    }
  }

  @container toolbar (inline-size < 1290px) {
    .bar > .chips,
    .bar > .line.after-filter {
      display: none;
    }
    [popover] .only-menu.outcomes {
      display: block;
    }
    bgf-filter-field {
      max-inline-size: none;
    }
    .bar > .space {
      display: none;
    }
    .settings.chosen::after {
      display: block;
    }
  }

  /* Then its sign alone stays, and opens the menu in which the choice is. */
  @container toolbar (inline-size < 770px) {
    .bar > .route-choice,
    .bar > .line.after-route {
      display: none;
    }
    [popover] .only-menu.route {
      display: block;
    }
    button.simulated {
      display: inline-flex;
    }
  }

  @container toolbar (inline-size < 700px) {
    .bar .switch-label {
      position: absolute;
      inline-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  @container toolbar (inline-size < 600px) {
    .bar > .views,
    .bar > .line.after-conditions {
      display: none;
    }
    [popover] .only-menu.views-row {
      display: block;
    }
  }

  @container toolbar (inline-size < 480px) {
    .bar > .help,
    .bar > .line {
      display: none;
    }
    .bar > bgf-filter-field {
      min-inline-size: 60px;
    }
    .network select {
      max-inline-size: 96px;
    }
    .network .sign {
      display: none;
    }
  }

  @container toolbar (inline-size < 350px) {
    .bar {
      gap: 2px;
    }
    .bar > .network,
    .bar > .rules {
      display: none;
    }
    [popover] .only-menu.conditions {
      display: block;
    }
  }
`;
