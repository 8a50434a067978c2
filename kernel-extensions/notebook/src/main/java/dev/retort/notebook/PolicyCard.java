package dev.retort.notebook;

import dev.retort.figure.Numbers;
import dev.retort.nn.Output;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.TabularPolicy;
import dev.retort.report.Card;

/** The card of a policy: what it sees, what it does, and what it is made of. */
final class PolicyCard {
  private PolicyCard() {}

  static Card of(Policy policy) {
    String homes = policy.origin().names();
    Card card =
        Card.titled(policy.name())
            .details(policy.origin().traits().beyond(policy.name() + ", " + homes))
            .key("observations", policy.observations().summary())
            .key("actions", policy.actions().summary())
            .key("gives", String.join(", ", Output.names(policy.outputs())));
    if (!homes.isEmpty()) {
      card = card.key("made for", homes);
    }
    if (policy instanceof NetworkPolicy network) {
      return card.key("network", network.architecture().toString())
          .key("parameters", Numbers.count(network.size()));
    }
    if (policy instanceof TabularPolicy tabular) {
      return card.key("table", tabular.summary());
    }
    if (policy instanceof Ensemble ensemble) {
      return card.key("members", Numbers.count(ensemble.members().size()))
          .key("network of each", ensemble.architecture().toString())
          .key("parameters of each", Numbers.count(ensemble.members().get(0).size()));
    }
    return card;
  }
}
