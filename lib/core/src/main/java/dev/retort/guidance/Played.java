package dev.retort.guidance;

/**
 * A rollout as companions see it, ordered by member, copy and step.
 *
 * @param step environment steps that each member had taken
 * @param rows how many there are, all members together
 * @param steps of each copy
 * @param copies of each member
 * @param obs what the environment showed, {@code (rows, obsSize)}
 * @param outputs of the network by which was acted, those of its distribution first, {@code (rows,
 *     width)}
 * @param width numbers of a row of outputs
 * @param actions that were drawn, {@code (rows, actionSize)}
 * @param guided where an action was another's, {@code (rows)}
 * @param ended whether a step ended its episode, {@code (rows)}
 * @param rewards by which is learned, {@code (rows)}; may be changed
 */
@SuppressWarnings("ArrayRecordComponent") // views of a rollout's own arrays, compared by nobody
public record Played(
    long step,
    int rows,
    int steps,
    int copies,
    float[] obs,
    float[] outputs,
    int width,
    float[] actions,
    boolean[] guided,
    boolean[] ended,
    float[] rewards) {}
