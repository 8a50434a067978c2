package dev.retort.data;

import dev.retort.RetortException;
import dev.retort.option.Given;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/**
 * Questions in SQL over datasets, runs and whatever else has a table. A module on the class path
 * answers them; the core knows no database.
 */
public final class Sql {
  private static volatile Function<String, Optional<Object>> variables = name -> Optional.empty();

  private Sql() {}

  /** What answers questions: a line in {@code META-INF/services/dev.retort.data.Sql$Engine}. */
  @FunctionalInterface
  public interface Engine {
    /**
     * Answers a question.
     *
     * @param question one statement that gives a table
     * @param named what a name in it stands for: a dataset, a table, or something that has one
     */
    Table answer(String question, Function<String, Optional<Object>> named);
  }

  /** Lets names that nobody gave stand for the variables of a notebook. */
  public static void variables(Function<String, Optional<Object>> known) {
    variables = known;
  }

  /**
   * Answers a question.
   *
   * @param tables what names in it stand for; others are the variables of the notebook, where there
   *     is one
   */
  public static Table answer(String question, Map<String, ?> tables) {
    Given.given("sql", "a question such as select count(*) from data", question);
    Given.given("sql", "tables by their names", tables);
    Engine engine =
        ServiceLoader.load(Engine.class, Sql.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new RetortException(
                        "sql: expected a module that answers SQL, got none. Put lib/exchange on the class path."));
    return engine.answer(
        question,
        name -> {
          Optional<Object> given =
              tables.entrySet().stream()
                  .filter(table -> table.getKey().equalsIgnoreCase(name))
                  .<Object>map(
                      table -> Given.given("sql", "a table '" + name + "'", table.getValue()))
                  .findFirst();
          return given.or(() -> variables.apply(name));
        });
  }
}
