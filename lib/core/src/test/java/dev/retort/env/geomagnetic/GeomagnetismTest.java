package dev.retort.env.geomagnetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retort.RetortException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeomagnetismTest {
  private static final double NANOTESLA = 0.01;
  private static final double DEGREE = 0.01;

  private static List<double[]> officialValues() throws IOException {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                GeomagnetismTest.class.getResourceAsStream("wmm2025-test-values.csv"),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .skip(1)
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }

  @Test
  void everyOfficialTestValueOfTheWorldMagneticModelIsMet() throws IOException {
    List<double[]> rows = officialValues();
    assertThat(rows).hasSize(50);
    for (double[] row : rows) {
      MagneticField field = Geomagnetism.wmm2025().at(row[2], row[3], row[1], row[0]);
      String place = Arrays.toString(row);
      assertThat(field.declination()).as(place).isCloseTo(row[4], within(DEGREE));
      assertThat(field.inclination()).as(place).isCloseTo(row[5], within(DEGREE));
      assertThat(field.horizontal()).as(place).isCloseTo(row[6], within(NANOTESLA));
      assertThat(field.north()).as(place).isCloseTo(row[7], within(NANOTESLA));
      assertThat(field.east()).as(place).isCloseTo(row[8], within(NANOTESLA));
      assertThat(field.down()).as(place).isCloseTo(row[9], within(NANOTESLA));
      assertThat(field.total()).as(place).isCloseTo(row[10], within(NANOTESLA));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "34.25, 108.95, 31582.9, -2291.4, 42364.4",
    "60, 10, 15061.8, 1179.9, 49246.5",
    "0, 0, 27456.6, -1926.5, -15997.4"
  })
  void theReferenceFieldOf2025IsThatOfAnotherProgram(
      double latitude, double longitude, double north, double east, double down) {
    MagneticField field = Geomagnetism.igrf14().at(latitude, longitude, 0, 2025.0);
    assertThat(field.north()).isCloseTo(north, within(0.1));
    assertThat(field.east()).isCloseTo(east, within(0.1));
    assertThat(field.down()).isCloseTo(down, within(0.1));
  }

  @Test
  void betweenEpochsTheFieldIsLinearInTime() {
    Geomagnetism model = Geomagnetism.igrf14();
    double early = model.at(50, 10, 0, 1950.0).down();
    double late = model.at(50, 10, 0, 1955.0).down();
    assertThat(late).isNotCloseTo(early, within(10.0));
    assertThat(model.at(50, 10, 0, 1952.0).down())
        .isCloseTo(early + 0.4 * (late - early), within(1e-6));
  }

  @Test
  void polesAreNoExceptionAndLongitudesWrap() {
    Geomagnetism model = Geomagnetism.wmm2025();
    MagneticField pole = model.at(90, 0, 0, 2025.0);
    MagneticField beside = model.at(89.9999999, 0, 0, 2025.0);
    assertThat(pole.north()).isCloseTo(beside.north(), within(1e-3));
    assertThat(pole.east()).isCloseTo(beside.east(), within(1e-3));
    assertThat(pole.down()).isCloseTo(beside.down(), within(1e-3));
    assertThat(model.at(20, -90, 5, 2027.5).north())
        .isCloseTo(model.at(20, 270, 5, 2027.5).north(), within(1e-6));
  }

  @Test
  void theFieldHasNoSourcesAboveTheGround() {
    // Fluxes through the six faces of a small cell on the equator, between two heights, two
    // latitudes and two longitudes; there the ellipsoid curves by other radii north and east.
    Geomagnetism.Snapshot model = Geomagnetism.wmm2025().on(2026);
    double equatorial = 6378.137;
    double polar = 6356.7523142;
    double meridian = polar * polar / equatorial + 100;
    double parallel = equatorial + 100;
    double angle = Math.toRadians(0.01);
    double half = 1;
    double[] field = new double[3];
    double flux = 0;
    double most = 0;
    for (int side = -1; side <= 1; side += 2) {
      model.at(0, 30, 100 + side * half, field);
      double up = -field[2] * (meridian + side * half) * (parallel + side * half) * angle * angle;
      model.at(side * 0.005, 30, 100, field);
      double north = field[0] * parallel * Math.cos(angle / 2) * angle * 2 * half;
      model.at(0, 30 + side * 0.005, 100, field);
      double east = field[1] * meridian * angle * 2 * half;
      flux += side * (up + north + east);
      most = Math.max(most, Math.abs(up));
    }
    assertThat(flux / most).isCloseTo(0, within(1e-7));
  }

  @Test
  void daysAreFractionsOfTheirYear() {
    Geomagnetism model = Geomagnetism.wmm2025();
    assertThat(model.at(10, 20, 0, LocalDate.of(2026, 1, 1)))
        .isEqualTo(model.at(10, 20, 0, 2026.0));
    assertThat(model.at(10, 20, 0, LocalDate.of(2025, 7, 2)).north())
        .isCloseTo(model.at(10, 20, 0, 2025 + 182 / 365.0).north(), within(1e-9));
  }

  @Test
  void whatIsOffTheGlobeOrOutOfTimeIsRefusedWithTheNearest() {
    Geomagnetism model = Geomagnetism.wmm2025();
    assertThatThrownBy(() -> model.at(91, 0, 0, 2025.0))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "WMM2025: expected a latitude in degrees from -90.0 to 90.0, got 91.0; the nearest is"
                + " 90.0.");
    assertThatThrownBy(() -> model.at(0, -181, 0, 2025.0))
        .hasMessageContaining("a longitude in degrees from -180.0 to 360.0, got -181.0");
    assertThatThrownBy(() -> model.at(0, 0, Double.NaN, 2025.0))
        .hasMessageContaining("an altitude in km");
    assertThatThrownBy(() -> model.at(0, 0, 0, 2031.0))
        .hasMessage(
            "WMM2025: expected a time in decimal years from 2025.0 to 2030.0, got 2031.0; the"
                + " nearest is 2030.0.");
    assertThatThrownBy(() -> Geomagnetism.igrf14().at(0, 0, 0, LocalDate.of(1899, 12, 31)))
        .hasMessageContaining("IGRF-14: expected a time in decimal years from 1900.0 to 2030.0");
  }
}
