package dev.retort.env.agents;

import dev.retort.RetortException;
import dev.retort.env.Env;
import dev.retort.env.Sign;
import dev.retort.option.Given;
import dev.retort.random.RandomStream;
import dev.retort.space.Space;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Map;

/**
 * A world as one of its agents lives it, which sees and does its own part while its fellows do
 * nothing: choice 0 at every step.
 *
 * <p>It has the spaces in which a policy of that agent is learned from data, and shows what the
 * policy does when nobody helps it; what agents do together shows a {@link dev.retort.policy.Joint}
 * in the world itself.
 *
 * <pre>{@code
 * Policy first = train(dqn().from(AgentData.of(data, "agent1")).conservative(1)).on(new OneAgent(cells, 0)).run();
 * }</pre>
 *
 * @param world with all of them
 * @param agent which, from 0
 */
public record OneAgent(AgentTask world, int agent) implements Env {
  /** Refuses an agent that is not there. */
  public OneAgent {
    Given.given("one agent", "a world", world);
    if (agent < 0 || agent >= world.agents()) {
      throw new RetortException(
          "one agent: expected an agent of %s from 0 to %s, got %s."
              .formatted(world.name(), world.agents() - 1, agent));
    }
  }

  @Override
  public String name() {
    return world.name() + ", " + AgentTask.agent(agent);
  }

  @Override
  public Space observations() {
    return world.seen();
  }

  @Override
  public Space actions() {
    return world.choices();
  }

  @Override
  public int horizon() {
    return world.horizon();
  }

  @Override
  public int stateSize() {
    return world.stateSize();
  }

  @Override
  public void reset(double[] state, RandomStream random) {
    world.reset(state, random);
  }

  @Override
  public double step(double[] state, float[] action, RandomStream random) {
    float[] all = new float[world.agents()];
    all[agent] = action[0];
    return world.step(state, all, random);
  }

  @Override
  public boolean terminated(double[] state) {
    return world.terminated(state);
  }

  @Override
  public void observe(double[] state, float[] observation) {
    world.see(state, agent, observation, 0);
  }

  @Override
  public List<String> measures() {
    return world.measures();
  }

  @Override
  public boolean isLowerBetter(String measure) {
    return world.isLowerBetter(measure);
  }

  @Override
  public void measure(double[] state, double[] measured) {
    world.measure(state, measured);
  }

  @Override
  public Map<String, Double> parameters() {
    return world.parameters();
  }

  @Override
  public OneAgent with(String parameter, double value) {
    return new OneAgent((AgentTask) world.with(parameter, value), agent);
  }

  @Override
  public List<Sign> legend() {
    return world.legend();
  }

  @Override
  public void draw(double[] state, Graphics2D canvas, int width, int height) {
    world.draw(state, canvas, width, height);
  }
}
