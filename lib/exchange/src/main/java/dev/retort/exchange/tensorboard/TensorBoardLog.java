package dev.retort.exchange.tensorboard;

import dev.retort.RetortException;
import dev.retort.run.Curve;
import dev.retort.run.RunLog;
import dev.retort.run.RunState;
import dev.retort.store.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The event files of one run: a folder for every member of its curve, and in it one for weights.
 *
 * <pre>
 * tensorboard/member-0/           hyper-parameters, then a scalar for each column of each row
 *             member-0/weights/   a histogram for each layer of each network, at every checkpoint
 *             member-1/           ..
 * </pre>
 */
final class TensorBoardLog implements RunLog {
  private static final String FILE = "events.out.tfevents.0000000000.retort";
  private static final Pattern MEMBER = Pattern.compile("member-(\\d{1,9})");
  private static final int KEY_COLUMNS = 2;

  private final Path folder;
  private final HyperParameters parameters;
  private final Map<Integer, EventFile> members = new TreeMap<>();
  private final WeightFiles weights;
  private int rows;

  TensorBoardLog(Path folder, HyperParameters parameters) {
    this.folder = folder;
    this.parameters = parameters;
    this.weights =
        new WeightFiles(member -> EventFile.open(of(member).resolve("weights").resolve(FILE)));
  }

  /** Goes on from a step, to which the curve belongs: cuts off what lies beyond. */
  void resume(long step, Curve curve) {
    List<Integer> written = written();
    written.forEach(this::file);
    put(curve);
    members.values().forEach(EventFile::cut);
    weights.resume(step, written);
  }

  /** The members that an earlier process wrote of. */
  private List<Integer> written() {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> MEMBER.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> Integer.valueOf(name.group(1)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new RetortException(
          "read '%s': expected the folder of a run's events, got %s. Check whose it is."
              .formatted(folder, e),
          e);
    }
  }

  @Override
  public void save(long step, Curve curve, Tensors state) {
    put(curve);
    weights.put(step, state);
  }

  @Override
  public void end(RunState state, Curve curve) {
    put(curve);
    if (state == RunState.FINISHED) {
      members.values().forEach(file -> file.put(Event.summary(0, List.of(parameters.end()))));
    }
  }

  /** Puts the rows that are new. */
  private void put(Curve curve) {
    List<String> columns = curve.columns();
    double[] values = curve.values();
    for (; (rows + 1) * columns.size() <= values.length; rows++) {
      int at = rows * columns.size();
      List<Message> scalars = new ArrayList<>();
      for (int column = KEY_COLUMNS; column < columns.size(); column++) {
        if (!Double.isNaN(values[at + column])) {
          scalars.add(Event.scalar(columns.get(column), values[at + column]));
        }
      }
      if (!scalars.isEmpty()) {
        file((int) values[at + 1]).put(Event.summary((long) values[at], scalars));
      }
    }
  }

  private Path of(int member) {
    return folder.resolve("member-" + member);
  }

  private EventFile file(int member) {
    return members.computeIfAbsent(member, this::begin);
  }

  private EventFile begin(int member) {
    EventFile file = EventFile.open(of(member).resolve(FILE));
    file.put(Event.version());
    file.put(Event.summary(0, parameters.begin(member)));
    return file;
  }
}
