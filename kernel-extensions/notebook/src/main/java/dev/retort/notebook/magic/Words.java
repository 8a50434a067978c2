package dev.retort.notebook.magic;

import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Type;
import java.util.List;

/** Types of options that several magics have. */
final class Words {
  static final Type<String> ENVIRONMENT =
      Type.text("an environment: a variable, or a name such as CartPole or FourRooms/train-200");
  static final Type<List<String>> ENVIRONMENTS =
      Names.type("environments: variables, or names such as CartPole");
  static final Type<String> POLICY = Type.text("a policy: a variable, a run's number or a file");
  static final Type<List<String>> POLICIES =
      Names.type("policies: variables, runs' numbers or files");
  static final Type<List<String>> DATASETS =
      Names.type("datasets: variables, runs' numbers or files");

  private Words() {}

  /** The seed; the notebook's where it is not said. */
  static Option<Long> seed(Schema schema) {
    return schema.whole(
        "seed", 0, Long.MIN_VALUE, "", "names all chance; the notebook's, unless said");
  }
}
