package dev.retort.teach;

import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Settings;
import dev.retort.option.Switch;
import dev.retort.option.Type;

/**
 * The options that say whether a learner sees and earns normalised numbers.
 *
 * @param observations whether its network sees deviations from a running mean
 * @param rewards whether its rewards are divided by the deviation of the running return
 */
record Normalising(Option<Switch> observations, Option<Switch> rewards) {
  /** Declares them in an algorithm's schema. */
  static Normalising in(Schema schema) {
    return new Normalising(
        schema.option(
            "normalise-observations",
            Type.choice(Switch.class),
            Switch.OFF,
            "",
            "whether the network sees deviations from a running mean"),
        schema.option(
            "normalise-rewards",
            Type.choice(Switch.class),
            Switch.OFF,
            "",
            "whether rewards are divided by the deviation of the running return"));
  }

  /** The same settings with both on. */
  Settings on(Settings settings) {
    return settings.with(observations, Switch.ON).with(rewards, Switch.ON);
  }
}
