package dev.retort.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.kernel.engine.Cell;
import dev.retort.kernel.engine.CellException;
import dev.retort.kernel.engine.Outcome;
import dev.retort.kernel.wire.Outlet;
import dev.retort.kernel.wire.WireMessage;
import java.util.Map;
import java.util.OptionalInt;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Runs the cells that clients send, shows what comes of them, and counts. */
final class CellRequests {
  private final RetortKernel kernel;
  private final Outlet outlet;
  private final Prompt prompt;
  private final History history = new History();
  private int count;

  CellRequests(RetortKernel kernel, Outlet outlet, Prompt prompt) {
    this.kernel = kernel;
    this.outlet = outlet;
    this.prompt = prompt;
  }

  /**
   * What is to be answered, and what follows from it.
   *
   * @param content the content of the reply
   * @param aborts whether the cells that wait are not to be run
   * @param exit the status to exit with, if the cell called for it
   */
  record Result(JsonObject content, boolean aborts, OptionalInt exit) {}

  History history() {
    return history;
  }

  Result execute(WireMessage request) {
    String code = request.text("code");
    boolean silent = request.flag("silent", false);
    boolean stored = !silent && request.flag("store_history", true);
    int number = stored ? ++count : count;
    outlet.answer(request.header());
    prompt.askFor(request.flag("allow_stdin", false) ? request : null);
    if (!silent) {
      JsonObject input = new JsonObject();
      input.addProperty("code", code);
      input.addProperty("execution_count", number);
      outlet.publish("execute_input", input);
    }
    Cell cell = new Cell(Math.max(1, number), code);
    Outcome outcome = kernel.engine().run(cell, kernel::rendered);
    String shown = "";
    if (outcome instanceof Outcome.Done done && done.value().isPresent() && !silent) {
      JsonObject result = OutletEnvironment.json((DisplayData) done.value().get());
      result.remove("transient");
      result.addProperty("execution_count", number);
      shown = plainText(result);
      outlet.publish("execute_result", result);
    }
    if (stored) {
      history.add(number, code, shown);
    }
    return result(request, outcome, number, silent);
  }

  private Result result(WireMessage request, Outcome outcome, int number, boolean silent) {
    if (outcome instanceof Outcome.Failed failed) {
      JsonObject error = Replies.error(failed.failure());
      if (!silent) {
        outlet.publish("error", error.deepCopy());
      }
      error.addProperty("status", "error");
      error.addProperty("execution_count", number);
      return new Result(error, request.flag("stop_on_error", true), OptionalInt.empty());
    }
    OptionalInt exit = OptionalInt.empty();
    if (outcome instanceof Outcome.Exit asked) {
      System.err.println(
          "System.exit(" + asked.status() + "): the kernel ends. Start it again to go on.");
      exit = OptionalInt.of(asked.status());
    }
    JsonObject content = Replies.ok();
    content.addProperty("execution_count", number);
    content.add("payload", new JsonArray());
    content.add("user_expressions", exit.isPresent() ? new JsonObject() : userExpressions(request));
    return new Result(content, false, exit);
  }

  private JsonObject userExpressions(WireMessage request) {
    JsonObject answers = new JsonObject();
    if (request.content().get("user_expressions") instanceof JsonObject expressions) {
      for (Map.Entry<String, com.google.gson.JsonElement> entry : expressions.entrySet()) {
        answers.add(entry.getKey(), userExpression(entry.getValue().getAsString()));
      }
    }
    return answers;
  }

  private JsonObject userExpression(String expression) {
    try {
      Object value = kernel.evalRaw(expression);
      DisplayData data = value == null ? new DisplayData("null") : kernel.rendered(value);
      JsonObject answer = OutletEnvironment.json(data);
      answer.remove("transient");
      answer.addProperty("status", "ok");
      return answer;
    } catch (CellException e) {
      JsonObject answer = Replies.error(e.failure());
      answer.addProperty("status", "error");
      return answer;
    }
  }

  private static String plainText(JsonObject result) {
    return result.get("data") instanceof JsonObject data && data.has("text/plain")
        ? data.get("text/plain").getAsString()
        : "";
  }
}
