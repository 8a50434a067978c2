package dev.retort.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.retort.kernel.wire.Outlet;
import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Message;

/**
 * Leads what the base library publishes into our outlet, so that displays and printed text share
 * one order and no thread of a cell touches a socket.
 */
final class OutletEnvironment extends ShellReplyEnvironment {
  private static final Gson GSON = new Gson();

  private final Outlet outlet;

  OutletEnvironment(Outlet outlet) {
    super(null, null, null, null);
    this.outlet = outlet;
  }

  @Override
  public void publish(Message<?> message) {
    publish(message.getHeader().getType().getName(), message.getContent());
  }

  @Override
  public <T extends ContentType<T>> void publish(T content) {
    publish(content.getType().getName(), content);
  }

  private void publish(String type, Object content) {
    outlet.publish(type, json(content));
  }

  /** The JSON of a content object of the base library. */
  static JsonObject json(Object content) {
    return GSON.toJsonTree(content).getAsJsonObject();
  }

  @Override
  public void writeToStdOut(String text) {
    print("stdout", text);
  }

  @Override
  public void writeToStdErr(String text) {
    print("stderr", text);
  }

  private void print(String stream, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    outlet.print(stream, bytes, 0, bytes.length);
  }
}
