package dev.retort.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.kernel.engine.CodeAssist;
import dev.retort.kernel.engine.Failure;
import dev.retort.kernel.wire.WireMessage;
import java.util.Optional;

/** The content of the replies that do not run a cell. */
final class Replies {
  private Replies() {}

  static JsonObject ok() {
    JsonObject content = new JsonObject();
    content.addProperty("status", "ok");
    return content;
  }

  static JsonObject aborted() {
    JsonObject content = new JsonObject();
    content.addProperty("status", "aborted");
    return content;
  }

  /** The three fields of an error, as published and as replied. */
  static JsonObject error(Failure failure) {
    JsonObject content = new JsonObject();
    content.addProperty("ename", failure.name());
    content.addProperty("evalue", failure.message());
    JsonArray traceback = new JsonArray();
    failure.lines().forEach(traceback::add);
    content.add("traceback", traceback);
    return content;
  }

  /** The reply to a request that could not be served. */
  static JsonObject error(String name, String message) {
    JsonObject content = new JsonObject();
    content.addProperty("status", "error");
    content.addProperty("ename", name);
    content.addProperty("evalue", message);
    JsonArray traceback = new JsonArray();
    traceback.add(name + ": " + message);
    content.add("traceback", traceback);
    return content;
  }

  static JsonObject kernelInfo(RetortKernel kernel) {
    JsonObject content = ok();
    content.addProperty("protocol_version", WireMessage.PROTOCOL_VERSION);
    content.addProperty("implementation", kernel.getName());
    content.addProperty("implementation_version", kernel.getVersion());
    content.add("language_info", OutletEnvironment.json(kernel.getLanguageInfo()));
    content.addProperty(
        "banner",
        "Retort "
            + kernel.getVersion()
            + ": Java "
            + System.getProperty("java.version")
            + " with policy distillation and transfer. %rl lists the magics.");
    content.addProperty("debugger", false);
    content.addProperty("interrupt_mode", "message");
    JsonArray links = new JsonArray();
    kernel.getHelpLinks().forEach(link -> links.add(OutletEnvironment.json(link)));
    content.add("help_links", links);
    return content;
  }

  /** Completes; the protocol counts in code points, Java in chars. */
  static JsonObject complete(RetortKernel kernel, WireMessage request) {
    String code = request.text("code");
    CodeAssist.Completions found = kernel.engine().assist().complete(code, cursor(code, request));
    JsonObject content = ok();
    JsonArray matches = new JsonArray();
    found.matches().forEach(matches::add);
    content.add("matches", matches);
    content.addProperty("cursor_start", code.codePointCount(0, found.start()));
    content.addProperty("cursor_end", code.codePointCount(0, found.end()));
    content.add("metadata", new JsonObject());
    return content;
  }

  static JsonObject inspect(RetortKernel kernel, WireMessage request) {
    String code = request.text("code");
    Optional<String> found = kernel.engine().assist().inspect(code, cursor(code, request));
    JsonObject data = new JsonObject();
    found.ifPresent(text -> data.addProperty("text/plain", text));
    JsonObject content = ok();
    content.addProperty("found", found.isPresent());
    content.add("data", data);
    content.add("metadata", new JsonObject());
    return content;
  }

  private static int cursor(String code, WireMessage request) {
    int points = code.codePointCount(0, code.length());
    int wanted = Math.max(0, request.number("cursor_pos", points));
    return code.offsetByCodePoints(0, Math.min(points, wanted));
  }

  static JsonObject isComplete(RetortKernel kernel, WireMessage request) {
    CodeAssist.Completion completion = kernel.engine().assist().isComplete(request.text("code"));
    JsonObject content = new JsonObject();
    content.addProperty("status", completion.status());
    if (completion.status().equals("incomplete")) {
      content.addProperty("indent", completion.indent());
    }
    return content;
  }
}
