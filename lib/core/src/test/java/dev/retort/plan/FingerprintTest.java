package dev.retort.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.store.Tensors;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void whatIsSaidAboutArraysCountsAsMuchAsTheirNumbers() {
    Tensors prior = new Tensors().put("values", new float[] {1, 2}).describe("by", "mean");
    Tensors same = new Tensors().describe("by", "mean").put("values", new float[] {1, 2});
    assertThat(Fingerprint.of(same)).isEqualTo(Fingerprint.of(prior)).hasSize(16);
    assertThat(Fingerprint.of(same.describe("by", "max"))).isNotEqualTo(Fingerprint.of(prior));
    assertThat(
            Fingerprint.of(new Tensors().put("values", new float[] {1, 3}).describe("by", "mean")))
        .isNotEqualTo(Fingerprint.of(prior));
    assertThat(
            Fingerprint.of(new Tensors().put("other", new float[] {1, 2}).describe("by", "mean")))
        .isNotEqualTo(Fingerprint.of(prior));
  }

  @Test
  void whatThingsAreCalledDoesNotCount() {
    Tensors one = new Tensors().put("values", new float[] {1, 2}).describe("by", "mean");
    String nameless = Fingerprint.of(one);
    one.describe("name", "base").describe("member1.name", "other").describe("names", "[]");
    assertThat(Fingerprint.of(one)).isEqualTo(nameless);
    assertThat(Fingerprint.of(one.describe("named", "base"))).isNotEqualTo(nameless);
  }
}
