/**
 * Several agents in one world, each of which sees and does its own part.
 *
 * <p>There is no contract for them: what agents see is a group of observations and what they do is
 * a group of actions, each with a part an agent, {@code agent1}, {@code agent2} and so on. Whoever
 * learns such an environment as it is sees and does everything, which is a centralized learner; a
 * {@link dev.retort.policy.Joint} plays agents that see only their own:
 *
 * <pre>{@code
 * Env cells = env("FillIn");
 * teach(ppo()).on(cells).run();                                        // one head for all of them
 * evaluate(Joint.of("agent1", a).and("agent2", b).and("agent3", c)).on(cells).run();
 * }</pre>
 *
 * <p>The reward is the team's. An agent's own part of it, as far as that can be said, is a measure,
 * {@code agent1 return}. With {@code with("global", 1)} there are two parts more, {@code global},
 * everything there is, and {@code rewards}, each agent's own reward in the last step: for rules
 * that know it all, such as those in {@link dev.retort.env.agents.Heuristics}, and for data of
 * them.
 *
 * <p>Depends on {@code env}, {@code env.grid} for its cells, {@code space} and {@code random}.
 */
package dev.retort.env.agents;
