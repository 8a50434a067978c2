package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.distribution.ActionValues;
import dev.retort.distribution.Categorical;
import dev.retort.distribution.Distribution;
import dev.retort.distribution.Point;
import dev.retort.option.Type;
import dev.retort.policy.Provenance;
import dev.retort.space.Discrete;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Datasets as arrays, and so as safetensors files. */
final class DatasetFile {
  private static final String COLUMN = "column/";

  /** Arrays that every dataset has. */
  private static final Map<String, String> BASE =
      Map.of(
          Dataset.OBSERVATION,
          "observations",
          Dataset.ACTION,
          "actions",
          Dataset.REWARD,
          "rewards");

  private static final String TEACHERS = "teachers";

  /** Heads by which files of the time before columns tell what a teacher gave. */
  private enum Head {
    LOGITS,
    Q_VALUES,
    ACTION
  }

  private DatasetFile() {}

  static Tensors tensors(Dataset data, EpisodeIndex index) {
    Tensors tensors =
        new Tensors()
            .describe("kind", "dataset")
            .describe("name", data.name())
            .describe("observations", SpaceText.write(data.observations()).toString())
            .describe("actions", SpaceText.write(data.actions()).toString())
            .describe(
                TEACHERS,
                data.teachers().stream()
                    .map(whose -> whose + " " + data.teacher(whose).kind())
                    .collect(Collectors.joining(", ")));
    for (String name : data.columns()) {
      Column column = data.column(name);
      String key = BASE.getOrDefault(name, COLUMN + name);
      if (column.source().isPresent()) {
        tensors.describe(ColumnFolder.MAPPED, column.source().get().write());
      } else if (column.isBytes()) {
        tensors.put(key, column.bytes(), column.rows(), column.width());
      } else {
        tensors.put(key, column.floats(), column.rows(), column.width());
      }
    }
    index.into(tensors, data.observations().size());
    return tensors;
  }

  static Dataset of(Tensors tensors, Provenance origin) {
    String name = tensors.described("name");
    String owner = "open dataset '" + name + "'";
    Space observations = SpaceText.read(tensors.described("observations"));
    Space actions = SpaceText.read(tensors.described("actions"));
    Map<String, Distribution> teachers = new LinkedHashMap<>();
    List<Column> columns = new ArrayList<>();
    columns.add(
        tensors.metadata().containsKey(ColumnFolder.MAPPED)
            ? Column.mapped(
                Dataset.OBSERVATION, MappedFile.read(tensors.described(ColumnFolder.MAPPED)))
            : read(tensors, Dataset.OBSERVATION, "observations", observations.size()));
    columns.add(read(tensors, Dataset.ACTION, "actions", actions.size()));
    columns.add(read(tensors, Dataset.REWARD, "rewards", 1));
    if (tensors.metadata().containsKey(TEACHERS)) {
      for (String teacher : tensors.described(TEACHERS).split(", ", -1)) {
        String[] words = teacher.split(" ", -1);
        if (words.length == 2) {
          teachers.put(words[0], Distribution.of(owner, words[1], actions));
        }
      }
      for (String key : tensors.all().keySet()) {
        if (key.startsWith(COLUMN)) {
          int[] shape = tensors.shape(key);
          int width = shape.length == 2 ? Math.max(1, shape[1]) : 1;
          columns.add(read(tensors, key.substring(COLUMN.length()), key, width));
        }
      }
    } else {
      Distribution teacher = teacher(owner, actions, tensors);
      teachers.put(Dataset.TEACHER, teacher);
      columns.addAll(Supervision.of(teacher).columns(Dataset.TEACHER, tensors.floats("targets")));
    }
    return new Dataset(
        name, observations, actions, teachers, origin, columns, EpisodeIndex.of(tensors));
  }

  private static Column read(Tensors tensors, String name, String key, int width) {
    boolean isBytes = tensors.has(key) && tensors.all().get(key).array() instanceof byte[];
    return Column.read(name, width, isBytes ? tensors.bytes(key) : tensors.floats(key));
  }

  /** What older files call a head. */
  private static Distribution teacher(String owner, Space actions, Tensors tensors) {
    Head head = Type.choice(Head.class).read(owner, "head", tensors.described("head"));
    if (actions instanceof Discrete choices && head != Head.ACTION) {
      return head == Head.LOGITS ? new Categorical(choices) : new ActionValues(choices);
    }
    if (actions instanceof Discrete || head != Head.ACTION) {
      throw new RetortException(
          "%s: expected teacher outputs that fit %s, got %s."
              .formatted(owner, actions.summary(), head));
    }
    return new Point(actions);
  }
}
