package dev.retort.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static final String TABLE =
      """
      # A remark.
      what\tunit\tcpu\tgpu\tsays
      seeds\t2\t10\t50\thow often
      rate\t0.001\t\t\t
      tuned\t1 2\t10 20\t\tover which it is tuned
      gain\t> 0\t\tinterval above 0\twhat is gained
      """;

  private static Registration read(String text) {
    return Registration.of("here", text);
  }

  @Test
  void anEmptyValueIsTheOneBeforeIt() {
    Registration fixed = read(TABLE);
    assertThat(List.of(Scale.values()))
        .extracting(scale -> fixed.count("seeds", scale))
        .containsExactly(2, 10, 50);
    assertThat(fixed.number("rate")).isEqualTo(0.001);
    assertThat(fixed.numbers("tuned", Scale.GPU)).containsExactly(10, 20);
    assertThat(fixed.bound("gain", Scale.CPU).words()).isEqualTo("> 0");
    assertThat(fixed.bound("gain", Scale.GPU)).isEqualTo(Bound.above(0));
    assertThat(fixed.has("gain")).isTrue();
    assertThat(fixed.has("loss")).isFalse();
  }

  @Test
  void anyChangeOfItChangesItsHash() {
    assertThat(read(TABLE).sha256()).hasSize(64).isEqualTo(read(TABLE).sha256());
    assertThat(read(TABLE.replace("> 0", "> 1")).sha256()).isNotEqualTo(read(TABLE).sha256());
    assertThat(read(TABLE.replace("remark", "word")).sha256()).isNotEqualTo(read(TABLE).sha256());
  }

  @Test
  void whatIsNoTableOrNoNumberIsRefusedInWords() {
    Registration fixed = read(TABLE);
    assertThatThrownBy(() -> fixed.count("sedes", Scale.CPU))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("seeds");
    refused(() -> fixed.count("rate"), "expected a whole number of 'rate', got '0.001'");
    refused(() -> fixed.count("seeds"), "expected 'seeds' to be the same at every size");
    refused(() -> fixed.count("gain", Scale.UNIT), "expected a number of 'gain', got '> 0'");
    refused(() -> fixed.bound("rate"), "expected a bound such as '≥ 1.15'");
    refused(() -> read("# nothing\n"), "registration 'here': expected the header");
    refused(() -> read(TABLE + "seeds\t1\t\t\t\n"), "expected every name once, got seeds twice");
    refused(() -> read(TABLE + "steps\t1\n"), "expected five columns");
    refused(() -> Registration.of(String.class), "expected a resource 'registration.tsv'");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable what, String why) {
    assertThatThrownBy(what).isInstanceOf(RetortException.class).hasMessageContaining(why);
  }

  @Test
  void everyStudyHasOneWithItsCriteria() {
    assertThat(Study.all())
        .extracting(Study::name)
        .containsExactly(
            "benchmarks",
            "ensembles",
            "dqinit",
            "kept-gains",
            "catalogue",
            "geomagnetic",
            "compass",
            "marl",
            "unilegs",
            "zoo");
    for (Study study : Study.all()) {
      assertThat(study.registration().text()).as(study.name()).containsPattern("\t(≥|>|interval) ");
    }
  }
}
