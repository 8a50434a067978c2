package dev.retort.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.retort.kernel.wire.WireMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The cells of this session, for clients that offer them again. */
final class History {
  private static final int SESSION = 1;
  private static final int MOST = 10_000;

  private record Entry(int number, String input, String output) {}

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(int number, String input, String output) {
    entries.add(new Entry(number, input, output));
    if (entries.size() > MOST) {
      entries.remove(0);
    }
  }

  /** Answers a history request: the tail, a range of numbers, or what matches a glob. */
  synchronized JsonObject reply(WireMessage request) {
    List<Entry> found =
        switch (request.text("hist_access_type")) {
          case "range" ->
              request.number("session", 0) > SESSION
                  ? List.of()
                  : entries.stream()
                      .filter(e -> e.number() >= request.number("start", 1))
                      .filter(e -> e.number() < request.number("stop", Integer.MAX_VALUE))
                      .toList();
          case "search" -> search(request);
          default -> entries;
        };
    int most = request.number("n", MOST);
    List<Entry> last = found.subList(Math.max(0, found.size() - Math.max(0, most)), found.size());
    JsonArray history = new JsonArray();
    boolean withOutput = request.flag("output", false);
    for (Entry entry : last) {
      JsonArray item = new JsonArray();
      item.add(SESSION);
      item.add(entry.number());
      if (withOutput) {
        JsonArray pair = new JsonArray();
        pair.add(entry.input());
        pair.add(entry.output());
        item.add(pair);
      } else {
        item.add(entry.input());
      }
      history.add(item);
    }
    JsonObject content = new JsonObject();
    content.addProperty("status", "ok");
    content.add("history", history);
    return content;
  }

  private List<Entry> search(WireMessage request) {
    String glob = request.text("pattern");
    StringBuilder regex = new StringBuilder();
    for (char c : (glob.isEmpty() ? "*" : glob).toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    Pattern pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    List<Entry> found = entries.stream().filter(e -> pattern.matcher(e.input()).matches()).toList();
    if (!request.flag("unique", false)) {
      return found;
    }
    Map<String, Entry> last = new LinkedHashMap<>();
    for (Entry entry : found) {
      last.remove(entry.input());
      last.put(entry.input(), entry);
    }
    return List.copyOf(last.values());
  }
}
