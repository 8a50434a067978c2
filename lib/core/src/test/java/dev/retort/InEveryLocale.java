package dev.retort;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test whose every fact holds whatever the machine's language: it is run once as the machine is,
 * then with other digits, other points, another lower case of I and another calendar. Tests do not
 * run in parallel, as the language belongs to the whole process.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(InEveryLocale.Tour.class)
public @interface InEveryLocale {
  /** The journey from one language to the next. */
  final class Tour implements ClassTemplateInvocationContextProvider {
    private static final List<String> TAGS =
        List.of(
            "fa-IR",
            "ar-EG",
            "ar-EG-u-nu-arab",
            "de-DE",
            "tr-TR",
            "hi-IN-u-nu-deva",
            "th-TH-u-ca-buddhist-nu-thai");

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
      return true;
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
        ExtensionContext context) {
      return Stream.concat(
              Stream.of(Locale.getDefault()), TAGS.stream().map(Locale::forLanguageTag))
          .map(Stop::new);
    }
  }

  /** A stay in one language, after which the machine has its own again. */
  record Stop(Locale locale) implements ClassTemplateInvocationContext {
    @Override
    public String getDisplayName(int index) {
      return locale.toLanguageTag();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      Locale before = Locale.getDefault();
      return List.of(
          (BeforeClassTemplateInvocationCallback) context -> Locale.setDefault(locale),
          (AfterClassTemplateInvocationCallback) context -> Locale.setDefault(before));
    }
  }
}
