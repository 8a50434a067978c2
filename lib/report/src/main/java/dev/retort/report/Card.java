package dev.retort.report;

import dev.retort.RetortException;
import dev.retort.figure.Figure;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a notebook shows of a run, a dataset or a policy: a title with details, a state, a bar, key
 * figures, a small table and charts, always in this order.
 *
 * <pre>{@code
 * Card card = Card.titled("Dataset rooms-20k").key("episodes", "412").figure(histogram);
 * card.html();
 * }</pre>
 *
 * @param title what it is about
 * @param details what else there is to know of it, in a line; empty where there is nothing
 * @param state how it is going; empty where nothing goes on
 * @param progress how far it is; empty where there is no end
 * @param keys key figures, in reading order
 * @param tables small tables
 * @param figures small charts; the first is the card's picture
 * @param note closing lines, such as what to do next; empty where there is none
 */
public record Card(
    String title,
    String details,
    Optional<State> state,
    Optional<Progress> progress,
    List<Key> keys,
    List<TextTable> tables,
    List<Figure> figures,
    String note) {
  private static final int BAR = 30;
  private static final int KEYS = 12;
  private static final int LINES = 12;
  private static final int COLUMNS = 80;
  private static final int CLOSING = 3;

  /** How a run is going. */
  public enum State {
    /** At work. */
    RUNNING("#0072b2"),
    /** Done. */
    FINISHED("#00845f"),
    /** Done before, and used again. */
    FOUND_AGAIN("#00845f"),
    /** Asked to stop; it can be resumed. */
    STOPPED("#9a6a00"),
    /** Broken off by an error. */
    FAILED("#c04000");

    private final String color;

    State(String color) {
      this.color = color;
    }

    /** The state in small letters. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * How far it is.
   *
   * @param step how many steps are done
   * @param total how many there are, at least 1
   * @param unit what a step is, in the plural
   */
  public record Progress(long step, long total, String unit) {
    /** Refuses a total that nothing can be a share of. */
    public Progress {
      if (total < 1 || step < 0) {
        throw new RetortException(
            "progress: expected 0 or more steps of at least 1, got %s of %s."
                .formatted(step, total));
      }
    }

    double share() {
      return Math.min(1, (double) step / total);
    }
  }

  /**
   * A number worth a glance.
   *
   * @param name what it is
   * @param value the number, as text
   */
  public record Key(String name, String value) {}

  /** Keeps copies of the lists. */
  public Card {
    keys = List.copyOf(keys);
    tables = List.copyOf(tables);
    figures = List.copyOf(figures);
  }

  /** An empty card. */
  public static Card titled(String title) {
    return new Card(
        title, "", Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), "");
  }

  /** The same card with a line below its title. */
  public Card details(String line) {
    return new Card(title, line, state, progress, keys, tables, figures, note);
  }

  /** The same card with a badge. */
  public Card state(State now) {
    return new Card(title, details, Optional.of(now), progress, keys, tables, figures, note);
  }

  /** The same card with a bar. */
  public Card progress(long step, long total, String unit) {
    Progress bar = new Progress(step, total, unit);
    return new Card(title, details, state, Optional.of(bar), keys, tables, figures, note);
  }

  /** The same card with one key figure more. */
  public Card key(String name, String value) {
    return new Card(
        title, details, state, progress, with(keys, new Key(name, value)), tables, figures, note);
  }

  /** The same card with one table more. */
  public Card table(TextTable table) {
    return new Card(title, details, state, progress, keys, with(tables, table), figures, note);
  }

  /** The same card with one chart more. */
  public Card figure(Figure figure) {
    return new Card(title, details, state, progress, keys, tables, with(figures, figure), note);
  }

  /** The same card with closing lines. */
  public Card note(String lines) {
    return new Card(title, details, state, progress, keys, tables, figures, lines);
  }

  private static <T> List<T> with(List<T> list, T one) {
    List<T> longer = new ArrayList<>(list);
    longer.add(one);
    return longer;
  }

  /** The card as passive HTML of at most 64 KB; charts that do not fit are left out, last first. */
  public String html() {
    for (int shown = figures.size(); shown >= 0; shown--) {
      String html = html(shown, true);
      if (Html.bytes(html) <= Html.LIMIT) {
        return html;
      }
    }
    return html(0, false);
  }

  private String html(int shown, boolean withTables) {
    StringBuilder html = new StringBuilder();
    html.append("<div style=\"").append(Html.SANS);
    html.append(
        ";font-size:13px;line-height:1.45;max-width:720px;padding:.7em 1em;border:1px solid ");
    html.append(Html.FAINT).append(";border-radius:6px;overflow-wrap:break-word\">");
    html.append("<div style=\"display:flex;gap:.8em;align-items:baseline\">");
    html.append("<span style=\"font-weight:600;font-size:14px;flex:1;min-width:0\">");
    html.append(Html.escape(title, 200)).append("</span>");
    state.ifPresent(now -> html.append(badge(now)));
    html.append("</div>");
    if (!details.isEmpty()) {
      html.append("<div style=\"opacity:.75\">").append(Html.escape(details, 400)).append("</div>");
    }
    progress.ifPresent(bar -> html.append(bar(bar)));
    if (!keys.isEmpty()) {
      html.append("<div style=\"display:flex;flex-wrap:wrap;gap:.3em 1.6em;margin:.6em 0 .2em\">");
      keys.stream().limit(KEYS).forEach(key -> html.append(key(key)));
      html.append("</div>");
    }
    figures.stream()
        .limit(shown)
        .forEach(
            figure ->
                html.append("<div style=\"margin-top:.7em\"><div style=\"opacity:.75\">")
                    .append(Html.escape(figure.title(), 120))
                    .append("</div>")
                    .append(Svg.of(figure))
                    .append("</div>"));
    if (withTables) {
      tables.forEach(
          table ->
              html.append("<div style=\"overflow-x:auto\">")
                  .append(Html.table(table))
                  .append("</div>"));
    }
    if (!note.isEmpty()) {
      html.append("<div style=\"margin-top:.4em;opacity:.75\">");
      String lines =
          note.lines().map(line -> Html.escape(line, 400)).collect(Collectors.joining("<br>"));
      html.append(lines).append("</div>");
    }
    return html.append("</div>").toString();
  }

  private static String badge(State state) {
    return ("<span style=\"background:%s;color:#fff;border-radius:9px;padding:0 .7em;font-size:12px;"
            + "white-space:nowrap\">%s</span>")
        .formatted(state.color, state.label());
  }

  private String bar(Progress bar) {
    String color = state.orElse(State.RUNNING).color;
    return ("<div style=\"display:flex;gap:.8em;align-items:center;margin-top:.5em\">"
            + "<div style=\"flex:1;height:6px;border-radius:3px;background:%s\">"
            + "<div style=\"width:%s%%;height:6px;border-radius:3px;background:%s\"></div></div>"
            + "<span style=\"font-variant-numeric:tabular-nums;white-space:nowrap\">%s</span></div>")
        .formatted(
            Html.FAINT, Numbers.fixed(100 * bar.share(), 1), color, Html.escape(steps(bar), 80));
  }

  private static String steps(Progress bar) {
    return "%s of %s %s"
        .formatted(Numbers.count(bar.step()), Numbers.count(bar.total()), bar.unit());
  }

  private static String key(Key key) {
    return ("<div><div style=\"font-size:11px;opacity:.7\">%s</div>"
            + "<div style=\"font-size:15px;font-variant-numeric:tabular-nums\">%s</div></div>")
        .formatted(Html.escape(key.name(), 60), Html.escape(key.value(), 60));
  }

  /** The card as text, at most 12 lines of 80 columns. */
  public String text(Glyphs glyphs) {
    List<String> lines = new ArrayList<>();
    String badge = state.map(now -> " [" + now.label() + "]").orElse("");
    lines.add(heading(COLUMNS - badge.length(), glyphs) + badge);
    if (!details.isEmpty()) {
      lines.add(TextTable.line(details, glyphs));
    }
    progress.ifPresent(
        bar -> {
          int done = (int) Math.floor(bar.share() * BAR);
          String drawn = "█".repeat(done) + "·".repeat(BAR - done);
          lines.add(TextTable.line(drawn + "  " + steps(bar), glyphs));
        });
    if (!keys.isEmpty()) {
      lines.add(
          TextTable.line(
              keys.stream()
                  .map(key -> key.name() + " " + key.value())
                  .collect(Collectors.joining("   ")),
              glyphs));
    }
    List<String> closing = closing(glyphs);
    int room = LINES - lines.size() - closing.size();
    for (Figure figure : figures) {
      List<String> drawn = figure.text(glyphs).lines().toList();
      int kept = tables.isEmpty() ? room : Math.min(room, 3);
      if (drawn.size() <= kept) {
        lines.addAll(drawn);
        room -= drawn.size();
      }
    }
    for (TextTable table : tables) {
      if (room >= 4 + Math.min(3, table.rows().size() + table.more())) {
        List<String> drawn = table.text(room, glyphs).lines().toList();
        lines.addAll(drawn);
        room -= drawn.size();
      }
    }
    lines.addAll(closing);
    return String.join("\n", lines);
  }

  /** The title in a line; what stands behind its last dot, such as the run, stays whole. */
  private String heading(int columns, Glyphs glyphs) {
    int dot = title.lastIndexOf(" · ");
    String last = dot < 0 || title.length() - dot > columns / 2 ? "" : title.substring(dot);
    String first = title.substring(0, title.length() - last.length());
    return TextTable.line(first, columns - last.length(), glyphs) + glyphs.draw(last);
  }

  /** The note in some lines; what is left of a longer one stands in the last, as far as it goes. */
  private List<String> closing(Glyphs glyphs) {
    List<String> words = note.isEmpty() ? List.of() : TextTable.lines(note, COLUMNS, glyphs);
    if (words.size() <= CLOSING) {
      return words;
    }
    List<String> shown = new ArrayList<>(words.subList(0, CLOSING - 1));
    String rest = String.join(" ", words.subList(CLOSING - 1, words.size()));
    shown.add(TextTable.line(rest, COLUMNS, glyphs));
    return shown;
  }

  /** A picture of the first chart, where there is one. */
  public Optional<byte[]> png() {
    return figures.stream().findFirst().map(Figure::png);
  }

  @Override
  public String toString() {
    return text(Glyphs.current());
  }
}
