package dev.retort;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a cell may end with prints as words, not as a class and the number of an object. */
@Tag("once")
class PrintedTest {
  /** What the words of the language give, and what the public methods of that give, and so on. */
  private static Set<Class<?>> reachable() {
    Set<Class<?>> found = new LinkedHashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>(Set.of(Retort.class));
    while (!open.isEmpty()) {
      for (Method method : open.remove().getMethods()) {
        if (method.getDeclaringClass() != Object.class) {
          add(method.getGenericReturnType(), found, open);
        }
      }
    }
    return found;
  }

  private static void add(Type type, Set<Class<?>> found, Deque<Class<?>> open) {
    if (type instanceof ParameterizedType parameterized) {
      add(parameterized.getRawType(), found, open);
      for (Type argument : parameterized.getActualTypeArguments()) {
        add(argument, found, open);
      }
    } else if (type instanceof Class<?> one
        && one.getName().startsWith("dev.retort.")
        && Modifier.isPublic(one.getModifiers())
        && found.add(one)) {
      open.add(one);
    }
  }

  @Test
  void whateverTheLanguageGivesSaysWhatItIs() throws NoSuchMethodException {
    Set<String> mute = new TreeSet<>();
    for (Class<?> type : reachable()) {
      boolean made = !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
      if (made && type.getMethod("toString").getDeclaringClass() == Object.class) {
        mute.add(type.getName());
      }
    }
    assertThat(reachable()).as("types that the language gives").hasSizeGreaterThan(60);
    assertThat(mute).as("types that print as a class and a number").isEmpty();
  }
}
