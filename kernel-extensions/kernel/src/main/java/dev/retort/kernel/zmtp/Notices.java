package dev.retort.kernel.zmtp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Says each kind of thing once: whoever sends rubbish does not fill the log. */
public final class Notices {
  private static final int MOST_KINDS = 200;

  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final Consumer<String> log;

  /** Notices that go to a log, a line each. */
  public Notices(Consumer<String> log) {
    this.log = log;
  }

  /** Says the words, unless something of this kind was said before. */
  public void once(String kind, String words) {
    if (said.size() < MOST_KINDS && said.add(kind)) {
      log.accept(words);
    }
  }
}
