package dev.retort.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.Retort;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a notebook and the shell begin with. */
class StartupTest {
  @Test
  void whatAWordTakesOrGivesHasItsNameWithoutAnImport() {
    List<String> imports = Notebook.startup().lines().toList();
    Set<String> unnamed =
        Arrays.stream(Retort.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .flatMap(StartupTest::types)
            .map(type -> type.isArray() ? type.componentType() : type)
            .filter(type -> type.getName().startsWith("dev.retort."))
            .map(type -> type.getNestHost())
            .filter(
                type ->
                    !imports.contains("import " + type.getPackageName() + ".*;")
                        && !imports.contains("import " + type.getName() + ";"))
            .map(Class::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unnamed).isEmpty();
  }

  private static Stream<Class<?>> types(Method method) {
    return Stream.concat(
        Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()));
  }
}
