package dev.retort.notebook;

import dev.retort.data.Dataset;
import dev.retort.env.Env;
import dev.retort.env.EnvContract;
import dev.retort.evaluate.Comparison;
import dev.retort.evaluate.Evaluation;
import dev.retort.figure.Figure;
import dev.retort.figure.Glyphs;
import dev.retort.figure.Numbers;
import dev.retort.figure.TextTable;
import dev.retort.film.Film;
import dev.retort.paper.Findings;
import dev.retort.plan.Cohort;
import dev.retort.plan.Curves;
import dev.retort.policy.Policy;
import dev.retort.prior.QPrior;
import dev.retort.report.Card;
import dev.retort.report.Html;
import dev.retort.report.Png;
import dev.retort.run.Run;
import dev.retort.run.RunState;
import dev.retort.run.RunSummary;
import dev.retort.run.RunTable;
import dev.retort.solve.Solution;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * How values look in a notebook: cards for results, tables for lists, pictures for charts, and text
 * for all of them.
 *
 * <p>HTML is passive, and every text that came from a user is escaped.
 */
public final class Renderings {
  /** The types that {@link #of} has more than text for. */
  public static final List<Class<?>> TYPES =
      List.of(
          Table.class,
          Figure.class,
          Card.class,
          Evaluation.class,
          Comparison.class,
          Findings.class,
          Curves.class,
          Cohort.class,
          Dataset.class,
          Solution.class,
          QPrior.class,
          Film.class,
          Policy.class,
          Env.class,
          EnvContract.class,
          Run.class,
          Doctor.class,
          Bundle.class,
          Chart.class,
          BufferedImage.class,
          List.class);

  private Renderings() {}

  /** A value in all forms that it has. */
  public static Bundle of(Object value) {
    if (value instanceof Bundle bundle) {
      return bundle;
    }
    if (value instanceof Card card) {
      return card(card, card.toString());
    }
    if (value instanceof Table table) {
      return Bundle.text(TextTable.of(table).text(12, Glyphs.current())).html(Html.table(table));
    }
    if (value instanceof Figure figure) {
      return Bundle.text(figure.text(Glyphs.current())).png(figure.png());
    }
    if (value instanceof BufferedImage picture) {
      return Bundle.text("picture of %s×%s".formatted(picture.getWidth(), picture.getHeight()))
          .png(Png.of(picture));
    }
    if (value instanceof Chart<?, ?> chart) {
      return Bundle.text("chart '%s'".formatted(chart.getTitle()))
          .png(Png.of(BitmapEncoder.getBufferedImage(chart)));
    }
    return result(value);
  }

  private static Bundle result(Object value) {
    if (value instanceof Evaluation result) {
      Card card = Card.titled(title(result)).table(result.box());
      Card compared = result.comparisons().map(card::table).orElse(card);
      String note = String.join("\n", result.notes());
      return card(compared.figure(result.plot()).note(note), result.toString());
    }
    if (value instanceof Comparison result) {
      Card card = Card.titled("Comparison").table(TextTable.of(result.table()));
      String note = String.join("\n", result.notes());
      return card(card.figure(result.plot()).note(note), result.toString());
    }
    if (value instanceof Findings found) {
      return found(found);
    }
    if (value instanceof Curves curves) {
      Card card =
          Card.titled(curves.title())
              .key("seeds", Numbers.count(curves.policies().size()))
              .figure(curves.plot());
      return card(card, curves.toString());
    }
    if (value instanceof Cohort cohort) {
      Card card =
          Card.titled(cohort.title())
              .key("seeds", Numbers.count(cohort.policies().size()))
              .key("students each", Numbers.count(cohort.policy(0).members().size()))
              .figure(cohort.plot());
      return card(card, cohort.toString());
    }
    if (value instanceof Dataset data) {
      return card(DataCard.of(data), data.toString());
    }
    if (value instanceof Solution solution) {
      return card(SolutionCard.of(solution), solution.toString());
    }
    if (value instanceof QPrior prior) {
      return card(PriorCard.of(prior), prior.toString());
    }
    if (value instanceof Film film) {
      return film(film);
    }
    if (value instanceof Policy policy) {
      return card(PolicyCard.of(policy), policy.toString());
    }
    if (value instanceof Run<?> run) {
      return card(LiveDisplay.card(run), run.toString());
    }
    if (value instanceof Env env) {
      return EnvCard.of(env);
    }
    if (value instanceof EnvContract contract) {
      return EnvCard.of(contract);
    }
    if (value instanceof Doctor doctor) {
      return Bundle.text(doctor.toString()).html(doctor.html());
    }
    return value instanceof List<?> list ? list(list) : Bundle.text(String.valueOf(value));
  }

  private static Bundle found(Findings found) {
    Card numbers =
        Card.titled(found.title())
            .key("size", found.scale().toString())
            .key("computing", Numbers.duration(found.seconds()))
            .table(found.box());
    Card card = found.voids().isEmpty() ? numbers : numbers.note(String.join("\n", found.voids()));
    String picture =
        "<img style=\"max-width:100%%\" alt=\"%s\" src=\"data:image/png;base64,%s\">"
            .formatted(
                Html.escape(found.figure().title()),
                Base64.getEncoder().encodeToString(found.figure().png()));
    return Bundle.text(found.toString()).html(card.html() + picture);
  }

  /** The film as a picture in a page too, for clients that play no GIF of their own. */
  private static Bundle film(Film film) {
    String html =
        "<img width=\"%s\" height=\"%s\" alt=\"%s\" src=\"data:image/gif;base64,%s\">"
            .formatted(
                film.width(),
                film.height(),
                Html.escape(film.toString()),
                Base64.getEncoder().encodeToString(film.gif()));
    String cautions =
        film.cautions().stream()
            .map(caution -> "<p>" + Html.escape(caution) + "</p>")
            .collect(Collectors.joining());
    return Bundle.text(film.toString()).html(html + cautions).gif(film.gif());
  }

  private static String title(Evaluation result) {
    return "Evaluation on "
        + String.join(", ", result.rows().stream().map(Evaluation.Row::env).distinct().toList());
  }

  private static Bundle card(Card card, String text) {
    return Bundle.text(text).html(card.html());
  }

  /** Whether a value has no other form than the text that every kernel gives it by itself. */
  public static boolean isPlain(Object value) {
    return value instanceof List<?> list
        && !isAllOf(list, Env.class)
        && !isAllOf(list, RunSummary.class);
  }

  private static boolean isAllOf(List<?> list, Class<?> type) {
    return !list.isEmpty() && list.stream().allMatch(type::isInstance);
  }

  private static Bundle list(List<?> list) {
    if (isAllOf(list, Env.class)) {
      return table(EnvCard.table(list.stream().map(Env.class::cast).toList()));
    }
    if (isAllOf(list, RunSummary.class)) {
      return runs(new RunTable(list.stream().map(RunSummary.class::cast).toList()));
    }
    return Bundle.text(String.valueOf(list));
  }

  /** The runs, and how many are in which state. */
  private static Bundle runs(RunTable runs) {
    Card card = Card.titled("Runs").table(runs.box());
    for (RunState state : RunState.values()) {
      long count = runs.stream().filter(run -> run.state() == state).count();
      if (count > 0) {
        card = card.key(state.name().toLowerCase(Locale.ROOT), Numbers.count(count));
      }
    }
    return card(card, runs.toString());
  }

  private static Bundle table(TextTable table) {
    return Bundle.text(table.text(Integer.MAX_VALUE, Glyphs.current())).html(Html.table(table));
  }
}
