package dev.retort.exchange.tensorboard;

/**
 * The events that TensorBoard reads, as bytes: {@code tensorflow.Event} of its {@code event.proto}
 * and {@code summary.proto}, whose field numbers stand here as numbers.
 */
final class Event {
  private static final int STRING = 7;

  private Event() {}

  /** The first event of every file. */
  static byte[] version() {
    return event(0).put(3, "brain.Event:2").bytes().toByteArray();
  }

  /** An event of some values, each made by one of the methods below. */
  static byte[] summary(long step, Iterable<Message> values) {
    Message summary = new Message();
    values.forEach(value -> summary.put(1, value));
    return event(step).put(5, summary).bytes().toByteArray();
  }

  /** The time stands first and is always there: {@link EventFile} passes over it. */
  private static Message event(long step) {
    return new Message().put(1, System.currentTimeMillis() / 1e3).put(2, step);
  }

  /** A number under a tag. */
  static Message scalar(String tag, double value) {
    return new Message().put(1, tag).put(2, (float) value);
  }

  /** A histogram under a tag. */
  static Message histogram(String tag, Histogram histogram) {
    return new Message().put(1, tag).put(5, histogram.message());
  }

  /** A text in Markdown under a tag. */
  static Message text(String tag, String markdown) {
    Message tensor = new Message().put(1, (long) STRING).put(2, new Message()).put(8, markdown);
    return new Message().put(1, tag).put(8, tensor).put(9, plugin("text", new Message()));
  }

  /** What the plugin for hyper-parameters is told, under one of its own tags. */
  static Message hyperParameters(String tag, Message told) {
    return new Message().put(1, "_hparams_/" + tag).put(9, plugin("hparams", told));
  }

  private static Message plugin(String name, Message content) {
    return new Message().put(1, new Message().put(1, name).put(2, content));
  }
}
