/**
 * Offline multi-agent learning by knowledge distillation: a central teacher learns from data, and
 * students that see their own part learn from it; after Wei-Cheng Tseng and others, 2022.
 *
 * <p>{@code OfflineAgents} is the study. {@code TeamTask} are the worlds, {@code TeamData} the
 * data, {@code MarlMethod} everything that learns from them, {@code Lessons} what came of it,
 * {@code Reference} are rules that learn nothing; {@code MethodReturns} are what a method receives.
 * {@code MarlClaims} are the verdicts, {@code TotalExpectation} is the argument of what can be
 * gained at all, {@code MarlEffort} is the time that it takes. The other classes are tables of the
 * study, each of which can be done alone.
 *
 * <p>The study is written in the words of the language:
 *
 * <pre>{@code
 * Curves teachers = train(decisionTransformer().from(data)).on(cells).seeds(4).once();
 * Dataset lesson = data.labeledBy("teacher", teachers.policy(0), List.of("features"));
 * DecisionTransformer own = decisionTransformer().from(lesson).agents(Agents.APART);
 * Curves students = train(own.action(0).imitation(1).told(Told.TARGET)).on(cells).seeds(3).once();
 * }</pre>
 *
 * <p>Depends on {@code dev.retort.paper}, on {@code dev.retort.env.agents} and on the words of the
 * root.
 */
package dev.retort.paper.marl;
