package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.store.TensorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The formats that are known: our own first, then those on the class path. */
final class DataFormats {
  private static final List<DataFormat> ALL =
      new ArrayList<>(List.of(new Safetensors(), new ColumnFolder()));

  static {
    ServiceLoader.load(DataFormat.class, DataFormats.class.getClassLoader()).forEach(ALL::add);
  }

  private DataFormats() {}

  /** Whether somebody takes files of that name. */
  static boolean isKnown(Path path) {
    return ALL.stream().anyMatch(format -> format.takes(path));
  }

  static DataFormat of(String verb, Path path) {
    return ALL.stream()
        .filter(format -> format.takes(path))
        .findFirst()
        .orElseThrow(() -> unknown(verb, path));
  }

  private static RetortException unknown(String verb, Path path) {
    List<String> endings = ALL.stream().flatMap(each -> each.endings().stream()).toList();
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return new RetortException(
        "%s: expected a name that ends in one of %s, got '%s'. Name it '%s'%s."
            .formatted(
                verb,
                String.join(", ", endings),
                path,
                (dot > 0 ? name.substring(0, dot) : name) + endings.get(0),
                ALL.size() > 2 ? "" : "; lib/exchange on the class path knows more"));
  }

  /** Every array and word of a dataset, with the checksums of our own files. */
  private static final class Safetensors implements DataFormat {
    @Override
    public List<String> endings() {
      return List.of(TensorFile.ENDING);
    }

    @Override
    public void save(Path path, Dataset data) {
      boolean isInMemory = data.column(Dataset.OBSERVATION).source().isEmpty();
      TensorFile.write(path, (isInMemory ? data : data.where(episode -> true)).tensors());
    }

    @Override
    public Dataset open(Path path) {
      return TensorFile.open(path, "dataset", Dataset::of);
    }
  }
}
