/**
 * Tables: a value for every state and action, where there are few enough of them.
 *
 * <p>A {@link dev.retort.table.QTable} finds states by what an agent sees of them, exactly, in the
 * order in which they are met; with {@link dev.retort.table.Bins} by the cell that the numbers fall
 * into. Beside each value stands how often it has been learned, so that what was never seen is told
 * from what is worth nothing:
 *
 * <pre>{@code
 * QTable table = new QTable(1, 2, 0, Optional.empty());
 * int state = table.state(new float[] {7}, 0);        // 0, the first that is met
 * table.learn(state, 1, 0.5, 0.1);                    // a step of 0.1 towards 0.5
 * table.value(state, 1);                              // 0.05
 * table.isSeen(state, 0);                             // false
 * }</pre>
 *
 * <p>Tables are saved and restored with all of this, and can be walked: {@link
 * dev.retort.table.QTable#observation} says what a state looks like.
 *
 * <p>Depends on {@code space}, {@code option} and {@code store}.
 */
package dev.retort.table;
