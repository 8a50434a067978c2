package dev.retort.notebook;

import dev.retort.report.Html;
import java.util.List;
import java.util.Locale;

/**
 * What an examination of this machine has found: a line for each thing that has to work, with the
 * fix where it does not.
 *
 * <pre>{@code
 * Doctor doctor = Doctor.examine();
 * doctor.healthy();
 * System.out.println(doctor);
 * }</pre>
 *
 * @param findings in the order of examination
 */
public record Doctor(List<Finding> findings) {
  /** How something is. */
  public enum Health {
    /** As it should be. */
    GOOD("ok", "#00845f"),
    /** It works, but not as well as it could. */
    FAIR("fair", "#9a6a00"),
    /** It has to be mended. */
    BAD("BAD", "#c04000");

    private final String word;
    private final String color;

    Health(String word, String color) {
      this.word = word;
      this.color = color;
    }
  }

  /**
   * One thing that was looked at.
   *
   * @param what it is
   * @param health how it is
   * @param found what was found
   * @param fix what to do; empty where there is nothing to do
   */
  public record Finding(String what, Health health, String found, String fix) {
    static Finding good(String what, String found) {
      return new Finding(what, Health.GOOD, found, "");
    }

    static Finding fair(String what, String found, String fix) {
      return new Finding(what, Health.FAIR, found, fix);
    }

    static Finding bad(String what, String found, String fix) {
      return new Finding(what, Health.BAD, found, fix);
    }

    @Override
    public String toString() {
      return "%-4s  %-10s  %s%s"
          .formatted(health.word, what, found, fix.isEmpty() ? "" : ". " + fix);
    }
  }

  /** Keeps a copy. */
  public Doctor {
    findings = List.copyOf(findings);
  }

  /** Examines this machine; the first time it loads the engine, which may take some seconds. */
  public static Doctor examine() {
    return new Doctor(Examination.all());
  }

  /** Whether nothing has to be mended. */
  public boolean healthy() {
    return findings.stream().noneMatch(finding -> finding.health() == Health.BAD);
  }

  /** The lines as passive HTML, green and red. */
  public String html() {
    StringBuilder html = new StringBuilder("<table style=\"border-collapse:collapse;border:0\">");
    for (Finding finding : findings) {
      html.append(
          ("<tr style=\"background:transparent\"><td style=\"color:%s;font-weight:600\">%s</td>"
                  + "<td style=\"text-align:left\">%s</td><td style=\"text-align:left\">%s%s</td></tr>")
              .formatted(
                  finding.health().color,
                  finding.health().word.toLowerCase(Locale.ROOT),
                  Html.escape(finding.what()),
                  Html.escape(finding.found()),
                  finding.fix().isEmpty() ? "" : "<br/><b>" + Html.escape(finding.fix()) + "</b>"));
    }
    return html.append("</table>").toString();
  }

  @Override
  public String toString() {
    return String.join("\n", findings.stream().map(Finding::toString).toList());
  }
}
