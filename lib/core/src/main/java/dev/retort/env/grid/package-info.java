/**
 * Grid worlds: tasks of few actions whose steps may turn out in few ways, all of them known.
 *
 * <p>{@link dev.retort.env.grid.FrozenLake} and {@link dev.retort.env.grid.CliffWalking} are the
 * small ones of every textbook. {@link dev.retort.env.grid.FourRooms} is a family of tasks, made
 * for zero-shot transfer, {@link dev.retort.env.grid.GoalRooms} one of goals that are not equally
 * likely, made for tables that learn task after task. What a teacher may see and what a result is
 * reported on are narrowed sets of it, disjoint and the same in every process:
 *
 * <pre>{@code
 * FourRooms rooms = new FourRooms();
 * Env train = rooms.train(200);
 * Env test = rooms.test(200);
 * double[] state = new double[rooms.stateSize()];
 * test.reset(17, state, RandomStream.of(0, "look"));
 * int steps = rooms.shortestPath(state);
 * }</pre>
 *
 * <p>Depends on {@code env}, {@code space} and {@code random}.
 */
package dev.retort.env.grid;
