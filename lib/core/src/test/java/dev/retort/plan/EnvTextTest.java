package dev.retort.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.retort.InEveryLocale;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.control.Acrobot;
import dev.retort.env.control.CartPole;
import dev.retort.env.control.Pendulum;
import dev.retort.env.grid.FourRooms;
import dev.retort.env.grid.GoalRooms;
import dev.retort.env.reach.Reacher;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@InEveryLocale
class EnvTextTest {
  @Test
  void everyEnvironmentComesBackFromASpec() {
    List<Env> all = new ArrayList<>(Environments.all());
    all.add(new CartPole().with("gravity", 1.62).with("horizon", 77));
    all.add(new Acrobot().with("noise", 1e-4).stickyActions(0.25).frameStack(2));
    all.add(new Pendulum().with("length", 1.0 / 3).timeLimit(33).actionRepeat(4));
    all.add(new CartPole().with("force", 5).varying("gravity", -0.0, 1e-5).test(9).task(4));
    all.add(new Pendulum().varying("mass", 2, 3).varying("length", 2, 3).frameStack(3));
    all.add(new FourRooms().with("rooms", 20).train(5000).frameStack(2));
    all.add(new Pendulum().with("mass", 2).lastAction().stickyActions(0.5));
    all.add(new FourRooms().with("familySeed", 12).reachable(30));
    all.add(new FourRooms().with("rooms", 4).with("egocentric", 1).validation(30));
    all.add(new FourRooms().with("rooms", 4).with("tasksPerTopology", 2).train(200));
    all.add(new GoalRooms().with("rooms", 10).with("goals", 300).with("skew", 0.5).test(9));
    all.add(new GoalRooms().with("successRate", 0.9).train(30).task(4));
    all.add(new Reacher().seeing(Reacher.Sight.VELOCITIES).symmetry(3).train(2));
    all.add(new Reacher().with("familySeed", 5).narrowed(Reacher.Part.SYMMETRIC, 8).task(7));
    all.add(Environments.get("RobotRooms-car/unseen-7").with("room", 4).with("farGoals", 0.3));
    all.add(Environments.get("UniLegs/topology-3").with("bumps", 0).with("timeStep", 0.005));
    Env varied = Environments.get("CartPole-varied");
    all.add(
        varied
            .with("gravity.high", 30)
            .with("gravity.low", 20)
            .with("familySeed", 4)
            .train(11)
            .timeLimit(200));
    for (Env env : all) {
      JsonObject text = JsonParser.parseString(EnvText.write(env).toString()).getAsJsonObject();
      assertThat(EnvText.read(text)).as(text.toString()).isEqualTo(env);
    }
  }

  @Test
  void aSpecOfBeforeAParameterWasAddedIsStillRead() {
    JsonObject text = EnvText.write(new CartPole().with("gravity", 5));
    text.getAsJsonObject("parameters").remove("noise");
    assertThat(EnvText.read(text)).isEqualTo(new CartPole().with("gravity", 5));
  }

  @Test
  void whatCannotBeMadeAgainIsRefused() {
    JsonObject unknown = EnvText.write(new CartPole());
    unknown.getAsJsonObject("parameters").addProperty("color", 3);
    assertThatThrownBy(() -> EnvText.read(unknown))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageStartingWith("unknown parameter of CartPole 'color'");
    JsonObject lost = EnvText.write(new CartPole().varying("force", 1, 2).named("lost"));
    assertThatThrownBy(() -> EnvText.read(lost))
        .hasMessage(
            "resume: expected environment 'CartPole-lost', got 'CartPole' from its parameters."
                + " Register the environment again.");
    JsonObject other = EnvText.write(new FourRooms().with("rooms", 4));
    other.getAsJsonObject("parameters").remove("rooms");
    assertThatThrownBy(() -> EnvText.read(other))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("resume: expected environment 'FourRooms-4', got 'FourRooms'");
  }

  @Test
  void anEnvironmentThatHasBecomeAnotherIsRefused() {
    JsonObject text = EnvText.write(new CartPole());
    text.addProperty("horizon", 400);
    assertThatThrownBy(() -> EnvText.read(text))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "resume: expected environment 'CartPole' as it was, with horizon of 400, got 500."
                + " Register the one that it was.");
  }
}
