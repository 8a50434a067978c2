package dev.retort.notebook;

import dev.retort.RetortException;
import dev.retort.figure.Dot;
import dev.retort.figure.Dots;
import dev.retort.figure.Figure;
import dev.retort.report.Card;
import dev.retort.report.Card.State;
import dev.retort.report.Html;
import dev.retort.report.LiveCard;
import dev.retort.report.RunSnapshot;
import dev.retort.run.Curve;
import dev.retort.run.Reused;
import dev.retort.run.Run;
import dev.retort.run.RunEvent;
import dev.retort.run.RunFolder;
import dev.retort.run.RunListener;
import dev.retort.run.RunSummary;
import dev.retort.run.Runs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Draws a card for every run that starts, and replaces it in place while the run lasts.
 *
 * <p>A run tells of itself at most five times a second, and a card has at most 64 KB. The first
 * card is shown by the thread that starts the run, so that it stands below the right cell; all
 * others by a thread of their own. A screen that fails is noted by the run and otherwise ignored.
 */
public final class LiveDisplay implements AutoCloseable {
  private static final int REMEMBERED = 64;
  private static final Set<String> CURVELESS = Set.of("evaluate", "extract");

  private final Screen screen;
  private final Map<Integer, Stage> stages = new ConcurrentHashMap<>();
  private final Runs.Subscription starts;
  private final Runs.Subscription reuses;

  private LiveDisplay(Screen screen) {
    this.screen = screen;
    this.starts = Runs.onStart(this::begin);
    this.reuses = Reused.onReuse(this::again);
  }

  /** Shows every run that starts from now on, or is used again. */
  static LiveDisplay on(Screen screen) {
    return new LiveDisplay(screen);
  }

  /** Whether a run has a card here; those that are quiet have none. */
  public boolean shows(int run) {
    return stages.containsKey(run);
  }

  /** Puts a result in the place of a run's card, or below the cell where there is no card. */
  public void replace(int run, Bundle result) {
    Stage stage = stages.get(run);
    if (stage == null || !stage.close(result)) {
      screen.show(result);
    }
  }

  @Override
  public void close() {
    starts.close();
    reuses.close();
  }

  private Optional<RunListener> begin(Run<?> run) {
    Stage stage = new Stage(run);
    stage.open();
    if (stages.size() >= REMEMBERED) {
      stages.keySet().stream().min(Integer::compare).ifPresent(stages::remove);
    }
    stages.put(run.id(), stage);
    return Optional.of(stage);
  }

  /** A run that was done before has its card again, which says so. */
  private void again(RunFolder run) {
    Card card = card(run);
    Bundle words = passive(card);
    screen.show(card.png().map(words::png).filter(all -> all.bytes() <= Html.LIMIT).orElse(words));
  }

  /** The card of a run that was done before. */
  static Card card(RunFolder run) {
    RunSummary summary = run.summary();
    return card(
        summary,
        State.FOUND_AGAIN,
        summary.step(),
        summary.seconds(),
        curve(run),
        "done before, and used again: once() in the place of run() does nothing twice");
  }

  /** The curve of a run; none where its file is damaged, of which its result knows nothing. */
  private static Curve curve(RunFolder run) {
    try {
      return run.curve();
    } catch (RetortException e) {
      return new Curve();
    }
  }

  /** The card of a run at this moment. */
  static Card card(Run<?> run) {
    RunEvent.Progress now = run.progress();
    return card(run, state(run), now.step(), now.seconds(), now.curve());
  }

  private static Card card(Run<?> run, State state, long step, double seconds, Curve curve) {
    RunSummary summary = run.summary();
    String message = state == State.RUNNING ? String.join(" ", run.notes()) : summary.message();
    if (state == State.STOPPED && message.contains("resume it with")) {
      message += ", or %resume " + run.id();
    }
    Card card = card(summary, state, step, seconds, curve, message);
    for (Figure picture : run.pictures()) {
      card = card.figure(picture);
    }
    return card;
  }

  /**
   * An evaluation has no curve worth a look: its records are its result. Those of an extraction are
   * one return a task.
   */
  private static Card card(
      RunSummary summary, State state, long step, double seconds, Curve curve, String message) {
    Card card =
        LiveCard.of(
            RunSnapshot.of(
                summary.name(),
                summary.title(),
                summary.details(),
                state,
                step,
                summary.total(),
                summary.unit(),
                seconds,
                CURVELESS.contains(summary.kind()) ? new Curve() : curve,
                message));
    return summary.kind().equals("extract") && curve.rows() > 0 ? card.figure(tasks(curve)) : card;
  }

  private static Dots tasks(Curve curve) {
    double[] tasks = curve.column("member");
    double[] returns = curve.column("return");
    List<Dot> dots =
        IntStream.range(0, tasks.length)
            .mapToObj(
                row -> Dot.of(String.format(Locale.ROOT, "task %.0f", tasks[row]), returns[row]))
            .toList();
    return new Dots("Return of each solver on its task", "return", dots);
  }

  private static State state(Run<?> run) {
    return switch (run.state()) {
      case RUNNING -> State.RUNNING;
      case FINISHED -> State.FINISHED;
      case STOPPED -> State.STOPPED;
      default -> State.FAILED;
    };
  }

  private static Bundle passive(Card card) {
    return Bundle.text(card.toString()).html(card.html());
  }

  /** The place where one run is shown. */
  private final class Stage implements RunListener {
    private final Run<?> run;
    private final String id = "retort-" + UUID.randomUUID();
    private boolean closed;

    Stage(Run<?> run) {
      this.run = run;
    }

    void open() {
      screen.show(id, passive(card(run)));
    }

    @Override
    public void on(RunEvent event) {
      if (event instanceof RunEvent.Progress now) {
        replace(passive(card(run, State.RUNNING, now.step(), now.seconds(), now.curve())));
      } else if (event instanceof RunEvent.Finished end) {
        end(card(run, State.FINISHED, end.total(), end.seconds(), end.curve()));
      } else if (event instanceof RunEvent.Stopped end) {
        end(card(run, State.STOPPED, end.step(), end.seconds(), end.curve()));
      } else if (event instanceof RunEvent.Failed end) {
        end(card(run, State.FAILED, end.step(), run.progress().seconds(), end.curve()));
      }
    }

    /** The words first, which are quick; then the picture, for pages that show no HTML. */
    private void end(Card card) {
      Bundle words = passive(card);
      replace(words);
      card.png().map(words::png).filter(all -> all.bytes() <= Html.LIMIT).ifPresent(this::replace);
    }

    private synchronized void replace(Bundle bundle) {
      if (!closed) {
        screen.replace(id, bundle);
      }
    }

    /** Shows a result for good; tells whether nobody had done so before. */
    synchronized boolean close(Bundle result) {
      if (closed) {
        return false;
      }
      closed = true;
      screen.replace(id, result);
      return true;
    }
  }
}
