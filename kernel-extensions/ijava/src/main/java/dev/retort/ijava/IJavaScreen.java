package dev.retort.ijava;

import dev.retort.notebook.Bundle;
import dev.retort.notebook.Screen;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.DisplayStream;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.ContentType;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.lang.reflect.Field;
import java.util.Optional;

/**
 * Shows bundles through IJava, also when the cell that made them has ended.
 *
 * <p>IJava drops what is shown between cells: the last card of a run that was interrupted, and all
 * cards of one in the background. So the last cell is remembered, and messages go out in its name;
 * the socket takes them from any thread.
 */
final class IJavaScreen implements Screen {
  private final DisplayStream display;
  private final Field environment;
  private ShellReplyEnvironment cell;

  IJavaScreen(BaseKernel kernel) {
    this.display = kernel.getIO().display;
    try {
      this.environment = DisplayStream.class.getDeclaredField("env");
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          "ijava: expected jupyter-jvm-basekernel 2.3.0, got another, whose displays know no cell.",
          e);
    }
    environment.setAccessible(true);
    lastCell(); // the one that installs us
  }

  @Override
  public void show(Bundle bundle) {
    publish(new PublishDisplayData(data(bundle)));
  }

  @Override
  public void show(String id, Bundle bundle) {
    publish(new PublishDisplayData(named(id, bundle)));
  }

  @Override
  public void replace(String id, Bundle bundle) {
    publish(new PublishUpdateDisplayData(named(id, bundle)));
  }

  private <T extends ContentType<T>> void publish(T content) {
    lastCell()
        .ifPresent(
            last ->
                last.getIopub()
                    .sendMessage(new Message<>(last.getContext(), content.getType(), content)));
  }

  private synchronized Optional<ShellReplyEnvironment> lastCell() {
    try {
      ShellReplyEnvironment running = (ShellReplyEnvironment) environment.get(display);
      cell = running == null ? cell : running;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    return Optional.ofNullable(cell);
  }

  private static DisplayData data(Bundle bundle) {
    DisplayData data = new DisplayData();
    bundle.data().forEach(data::putData);
    return data;
  }

  private static DisplayData named(String id, Bundle bundle) {
    DisplayData data = data(bundle);
    data.setDisplayId(id);
    return data;
  }
}
