package dev.retort.paper.marl;

import static dev.retort.Retort.kl;
import static dev.retort.Retort.nll;
import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.paper.Finding;
import dev.retort.paper.Measured;
import dev.retort.paper.Scale;
import dev.retort.paper.StudyPart;
import java.util.List;

/** Gate 6: what a student can learn from its teacher that the data do not say, on a table. */
final class ExpectationTable implements StudyPart {
  private static final String QUANTITY =
      "largest difference of a probability from that of who clones the data";

  @Override
  public String name() {
    return "expectation";
  }

  @Override
  public String explain(Scale scale) {
    return "expectation: students of a table with exact expectations; seconds";
  }

  @Override
  public Found run(Scale scale) {
    MarlClaims claims = new MarlClaims(scale);
    List<Finding> findings =
        List.of(
            claims.claim(
                "gate 6: soft, logged is IDT", QUANTITY, TotalExpectation.difference(kl(), false)),
            claims.claim(
                "gate 6: sharpened is not",
                QUANTITY,
                TotalExpectation.difference(kl(FIXED.number("sharpened")), false)),
            Measured.of(
                    "total expectation, argmax",
                    QUANTITY,
                    TotalExpectation.difference(nll(), false))
                .reported(),
            claims.claim(
                "gate 6: asked at the goal is not",
                QUANTITY,
                TotalExpectation.difference(kl(), true)));
    return new Found(
        findings,
        List.of(),
        List.of(
            "The law of total expectation: a student that is told the same return as its soft teacher comes, with endless data, to what IDT comes to. What is gained has to come from few data, from sharpening, from asking the teacher at the goal, or from the relation."),
        0);
  }
}
