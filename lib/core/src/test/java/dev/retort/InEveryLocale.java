package dev.retort;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Tests whose facts hold whatever the machine's language: each is run with other digits, other
 * points, another lower case of I and another calendar, and then as the machine is.
 *
 * <p>Tests do not run in parallel, as the language belongs to the whole process.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InEveryLocale.Tour.class)
public @interface InEveryLocale {
  /** The journey from one language to the next. */
  final class Tour implements InvocationInterceptor {
    private static final List<String> TAGS =
        List.of(
            "fa-IR", "ar-EG", "de-DE", "tr-TR", "hi-IN-u-nu-deva", "th-TH-u-ca-buddhist-nu-thai");

    @Override
    public void interceptTestMethod(
        Invocation<Void> last,
        ReflectiveInvocationContext<Method> test,
        ExtensionContext extensionContext)
        throws Throwable {
      tour(last, test);
    }

    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> last,
        ReflectiveInvocationContext<Method> test,
        ExtensionContext extensionContext)
        throws Throwable {
      tour(last, test);
    }

    private static void tour(Invocation<Void> last, ReflectiveInvocationContext<Method> test)
        throws Throwable {
      Locale before = Locale.getDefault();
      Method method = test.getExecutable();
      method.setAccessible(true);
      try {
        for (String tag : TAGS) {
          Locale.setDefault(Locale.forLanguageTag(tag));
          Object unused =
              method.invoke(test.getTarget().orElseThrow(), test.getArguments().toArray());
        }
      } catch (InvocationTargetException e) {
        e.getCause().addSuppressed(new AssertionError("in the language " + Locale.getDefault()));
        throw e.getCause();
      } finally {
        Locale.setDefault(before);
      }
      last.proceed();
    }
  }
}
