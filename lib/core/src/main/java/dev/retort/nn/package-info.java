/**
 * Populations of networks: the only package that sees an engine.
 *
 * <p>Every {@link dev.retort.nn.Network} is a population of {@code P} members of one {@link
 * dev.retort.nn.Architecture}. Their parameters lie in one flat array; a layer is one batched
 * product {@code (members, batch, in) x (members, in, out)}; {@link dev.retort.nn.Adam} is one pass
 * over the flat array. A single network is a population of one.
 *
 * <pre>{@code
 * Network students = Network.of(
 *     Mlp.of(64, 64), List.of(4), List.of(Output.of("logits", 2)),
 *     Trunk.SHARED, Initialization.ORTHOGONAL, seeds);
 * students.forward(observations, 256, Rows.SHARED, logits);   // (members, 256, 2)
 * ... the loss and its gradient with respect to the logits, in Java ...
 * students.backward(logitGradient);
 * adam.step(students.parameters(), students.gradients(), 0.001);
 * students.parametersChanged();
 * }</pre>
 *
 * <p>An architecture writes itself once, into a {@link dev.retort.nn.Graph}; layout, size and the
 * text of both passes in the engine's own language follow from that. The passes are one call there
 * and one back, in place of one for every operation and a recording of them.
 *
 * <p>A {@link dev.retort.nn.DevicePopulation} takes whole stretches of updates in one call of the
 * engine, {@code learn.ts}, on a GPU where {@link dev.retort.nn.Engine#device()} has chosen one.
 *
 * <p>All else is Java: losses, clipping, the optimizer and initialization are plain Java over flat
 * arrays, so that they can be read, tested against an oracle, saved and resumed exactly.
 *
 * <p>Depends on {@code option}, {@code random}, {@code store} and {@code run}.
 */
package dev.retort.nn;
