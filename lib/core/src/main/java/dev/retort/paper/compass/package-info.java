/**
 * COMPASS, reconstructed in a plane: imitation on one robot, residual reinforcement learning on
 * each, and one student of all; after Wei Liu and others, 2025, arXiv 2502.16372.
 *
 * <p>{@code Embodiments} is the study. {@code Stages} has the three stages of one size: the base,
 * its specialists, and a {@code Generalist} of each kind; {@code PlannedDrives} is what the planner
 * did. {@code Trips} are what a method came to with one robot; {@code CompassClaims} are the
 * verdicts, {@code Effort} is the time that it takes. The other parts are tables of the study, each
 * of which can be done alone.
 *
 * <p>The study is written in the words of the language:
 *
 * <pre>{@code
 * Policy base = distill(planned).into(gru(96)).seeing(View.window(4, "range", "route")).minimizing(..).once();
 * Curves specialists = train(ppo().guidedBy(residual(base))).on(env("RobotRooms-humanoid").train(400)).seeds(3).once();
 * Cohort students = distill(shown).seeing("range", "route", "embodiment").minimizing(normalKl()).seeds(10).once();
 * }</pre>
 *
 * <p>Depends on {@code dev.retort.paper}, on {@code dev.retort.env.navigation} and on the words of
 * the root.
 */
package dev.retort.paper.compass;
