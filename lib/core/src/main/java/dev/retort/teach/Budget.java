package dev.retort.teach;

import dev.retort.nn.Architecture;
import dev.retort.nn.Output;
import dev.retort.nn.Trunk;
import dev.retort.space.Space;
import java.util.List;
import java.util.OptionalLong;

/**
 * What training one population amounts to, for estimates.
 *
 * @param network of each member
 * @param sees what it sees
 * @param networks how many of them a member computes at a time
 * @param outputs of the network
 * @param trunk whether they share layers
 * @param acting rows a member in a forward pass while acting
 * @param predictions how many such passes
 * @param batch rows a member in an update
 * @param updates how many updates; empty where that depends on how long episodes are
 */
public record Budget(
    Architecture network,
    Space sees,
    int networks,
    List<Output> outputs,
    Trunk trunk,
    int acting,
    long predictions,
    int batch,
    OptionalLong updates) {
  /** One network a member. */
  Budget(
      Architecture network,
      Space sees,
      List<Output> outputs,
      Trunk trunk,
      int acting,
      long predictions,
      int batch,
      long updates) {
    this(network, sees, 1, outputs, trunk, acting, predictions, batch, OptionalLong.of(updates));
  }
}
