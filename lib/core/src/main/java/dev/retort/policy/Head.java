package dev.retort.policy;

/** What the outputs of a policy are. */
public enum Head {
  /** Unnormalised log-probabilities, one a choice; the behaviour is their softmax. */
  LOGITS,
  /** Action values, one a choice; the behaviour is greedy. */
  Q_VALUES,
  /** The action itself, after squashing into its bounds. */
  ACTION
}
