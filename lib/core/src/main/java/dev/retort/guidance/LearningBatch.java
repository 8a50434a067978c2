package dev.retort.guidance;

/**
 * A minibatch that is being learned from, ordered by member.
 *
 * @param step environment steps that each member has taken
 * @param size rows of all members
 * @param batch rows of each member
 * @param obs what the environment showed, {@code (members, batch, obsSize)}; empty where rows name
 *     those of a rollout
 * @param actions that were taken, {@code (members, batch, actionSize)}; empty likewise
 * @param rows of the last rollout, {@code (members, batch)}; empty where rows come from a memory
 * @param targets of the values of the actions, {@code (members, batch)}; empty where there are none
 * @param outputs of the network, {@code (members, batch, width)}
 * @param width numbers of a row of outputs
 * @param gradient of the loss with respect to them, the mean over each member's batch; what a
 *     companion wants is added
 */
@SuppressWarnings("ArrayRecordComponent") // views of a learner's own arrays, compared by nobody
public record LearningBatch(
    long step,
    int size,
    int batch,
    float[] obs,
    float[] actions,
    int[] rows,
    double[] targets,
    float[] outputs,
    int width,
    float[] gradient) {
  /** Whether the rows are those of the last rollout. */
  public boolean isOfRollout() {
    return rows.length > 0;
  }
}
