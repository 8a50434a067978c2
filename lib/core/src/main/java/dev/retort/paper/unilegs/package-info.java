/**
 * UniLegs, reconstructed in a plane: a teacher of each robot, and one student for robots with any
 * number of legs; after the abstract of Weijie Xi and others, 2025, arXiv 2507.22653.
 *
 * <p>{@code ManyLegs} is the study. {@code Schooling} has the teachers and the students of one
 * size; {@code LegStudent} is what network a student is, {@code LegAblation} what it goes without.
 * {@code Walks} are what policies came to with one robot, {@code LegRatios} what students came to
 * beside teachers; {@code LegClaims} are the verdicts, {@code LegEffort} is the time that it takes.
 * The other parts are tables of the study, each of which can be done alone.
 *
 * <p>The study is written in the words of the language:
 *
 * <pre>{@code
 * Curves teachers = train(ppo().maskedBy("present").seeing(..)).on(env("UniLegs").eachTask()).seeds(10).once();
 * Ensemble students = distill(teachers).on(env("UniLegs").train(5).eachTask()).rounds(5).mixing(0)
 *     .seeing("command", "body", "estimate", "joints", "description", "present").into(tokens(32, 2, 4)).once();
 * }</pre>
 *
 * <p>Depends on {@code dev.retort.paper}, on {@code dev.retort.env.legs} and on the words of the
 * root.
 */
package dev.retort.paper.unilegs;
