package dev.retort.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.retort.kernel.engine.Cell;
import dev.retort.kernel.engine.CellOutcome;
import dev.retort.kernel.engine.Failure;
import dev.retort.kernel.engine.MemoryReserve;
import dev.retort.kernel.wire.Outlet;
import dev.retort.kernel.wire.WireMessage;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Runs the cells that clients send, shows what comes of them, and counts. */
final class CellRequests {
  private final RetortKernel kernel;
  private final Outlet outlet;
  private final Prompt prompt;
  private final History history = new History();
  private final Interrupts interrupts = new Interrupts();
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

  /** Says that a cell has come, before anything is waited for. */
  void take(WireMessage request) {
    interrupts.take(request);
  }

  /** Interrupts the cell that runs or waits for its turn, as a client asks. */
  void interrupt(WireMessage request) {
    if (interrupts.asked(request)) {
      kernel.interrupt();
    }
  }

  /** Interrupts the cell that runs or waits for its turn, as a signal asks. */
  void interrupt() {
    if (interrupts.signalled()) {
      kernel.interrupt();
    }
  }

  /** Runs the cell that has been taken; whatever goes wrong is an answer. */
  Result execute(WireMessage request) {
    try {
      return answered(request);
    } catch (RuntimeException | Error e) {
      MemoryReserve.release();
      return result(
          request, new CellOutcome.Failed(Failure.ofKernel("running the cell", e)), count);
    } finally {
      interrupts.release();
    }
  }

  private Result answered(WireMessage request) {
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
    CellOutcome outcome = kernel.engine().run(cell, kernel::rendered, interrupts::stopped);
    String shown = "";
    if (outcome instanceof CellOutcome.Done done && done.value().isPresent() && !silent) {
      JsonObject result = OutletEnvironment.json((DisplayData) done.value().get());
      result.remove("transient");
      result.addProperty("execution_count", number);
      shown = plainText(result);
      outlet.publish("execute_result", result);
    }
    if (stored) {
      history.add(number, code, shown);
    }
    return result(request, outcome, number);
  }

  private Result result(WireMessage request, CellOutcome outcome, int number) {
    if (outcome instanceof CellOutcome.Failed failed) {
      JsonObject error = Replies.error(failed.failure());
      if (!request.flag("silent", false)) {
        outlet.publish("error", error.deepCopy());
      }
      error.addProperty("status", "error");
      error.addProperty("execution_count", number);
      return new Result(error, request.flag("stop_on_error", true), OptionalInt.empty());
    }
    if (outcome instanceof CellOutcome.Exit asked) {
      System.err.println(
          "System.exit(" + asked.status() + "): the kernel ends. Start it again to go on.");
      return ok(number, new JsonObject(), OptionalInt.of(asked.status()));
    }
    return ok(number, userExpressions(request, number), OptionalInt.empty());
  }

  private static Result ok(int number, JsonObject userExpressions, OptionalInt exit) {
    JsonObject content = Replies.ok();
    content.addProperty("execution_count", number);
    content.add("payload", new JsonArray());
    content.add("user_expressions", userExpressions);
    return new Result(content, false, exit);
  }

  private JsonObject userExpressions(WireMessage request, int number) {
    JsonObject answers = new JsonObject();
    if (request.content().get("user_expressions") instanceof JsonObject expressions) {
      for (Map.Entry<String, JsonElement> entry : expressions.entrySet()) {
        answers.add(entry.getKey(), userExpression(entry.getValue(), number));
      }
    }
    return answers;
  }

  /** Evaluates an expression as a cell of its own: it may fail, print, and be interrupted. */
  private JsonObject userExpression(JsonElement expression, int number) {
    if (!(expression instanceof JsonPrimitive text) || !text.isString()) {
      return failed(
          new Failure(
              "TypeError",
              "user_expressions: expected a text, got " + expression + ". Send Java in quotes.",
              List.of()));
    }
    Cell cell = new Cell(Math.max(1, number), "expression", text.getAsString());
    CellOutcome outcome = kernel.engine().run(cell, kernel::rendered, interrupts::stopped);
    if (outcome instanceof CellOutcome.Failed failed) {
      return failed(failed.failure());
    }
    if (outcome instanceof CellOutcome.Exit) {
      return failed(
          new Failure(
              "CellExit", "System.exit: only a cell ends the kernel. Run it as one.", List.of()));
    }
    DisplayData data =
        ((CellOutcome.Done) outcome)
            .value()
            .map(value -> (DisplayData) value)
            .orElseGet(() -> new DisplayData("null"));
    JsonObject answer = OutletEnvironment.json(data);
    answer.remove("transient");
    answer.addProperty("status", "ok");
    return answer;
  }

  private static JsonObject failed(Failure failure) {
    JsonObject answer = Replies.error(failure);
    answer.addProperty("status", "error");
    return answer;
  }

  private static String plainText(JsonObject result) {
    return result.get("data") instanceof JsonObject data && data.has("text/plain")
        ? data.get("text/plain").getAsString()
        : "";
  }
}
