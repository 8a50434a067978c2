package dev.retort.table;

import dev.retort.RetortException;
import dev.retort.random.RandomStream;
import dev.retort.store.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.AbstractRandomGenerator;

/**
 * Discretization that were learned: an observation belongs to the nearest of some centers, after
 * each of its numbers is divided by a scale.
 *
 * <p>David Arthur, Sergei Vassilvitskii, "k-means++: the advantages of careful seeding", 2007.
 *
 * @param centers {@code (clusters, numbers)}, not scaled
 * @param scales what each number is divided by, above 0
 */
public record Clusters(List<List<Float>> centers, List<Float> scales) implements Discretization {
  private static final int ROUNDS = 100;

  /** More observations than these are thinned out evenly before centers are sought. */
  private static final int ENOUGH = 10_000;

  /** Refuses centers that fit neither each other nor the scales. */
  public Clusters {
    centers = centers.stream().map(List::copyOf).toList();
    scales = List.copyOf(scales);
    int numbers = scales.size();
    if (numbers == 0
        || centers.isEmpty()
        || centers.stream().anyMatch(center -> center.size() != numbers)) {
      throw new RetortException(
          "clusters: expected at least one center, each of %s numbers, got %s centers."
              .formatted(numbers, centers.size()));
    }
    if (scales.stream().anyMatch(scale -> !(scale > 0 && Float.isFinite(scale)))
        || centers.stream().flatMap(List::stream).anyMatch(x -> !Float.isFinite(x))) {
      throw new RetortException(
          "clusters: expected finite centers and scales above 0, got scales " + scales + ".");
    }
  }

  /**
   * Seeks centers among observations.
   *
   * @param observations {@code (rows, numbers)}
   * @param numbers how many numbers an observation has
   * @param clusters how many centers
   * @param seed where the search begins
   */
  public static Clusters of(float[] observations, int numbers, int clusters, long seed) {
    int rows = observations.length / numbers;
    if (rows < clusters) {
      throw new RetortException(
          "clusters: expected at least %s observations, one a cluster, got %s."
              .formatted(clusters, rows));
    }
    float[] scales = scales(observations, numbers);
    List<DoublePoint> points = new ArrayList<>();
    int stride = Math.max(1, rows / Math.max(ENOUGH, clusters));
    for (int row = 0; row < rows; row += stride) {
      double[] point = new double[numbers];
      for (int i = 0; i < numbers; i++) {
        point[i] = observations[row * numbers + i] / scales[i];
      }
      points.add(new DoublePoint(point));
    }
    List<CentroidCluster<DoublePoint>> found =
        new KMeansPlusPlusClusterer<DoublePoint>(
                clusters, ROUNDS, new EuclideanDistance(), chance(seed))
            .cluster(points);
    List<List<Float>> centers = new ArrayList<>();
    for (CentroidCluster<DoublePoint> cluster : found) {
      double[] center = cluster.getCenter().getPoint();
      List<Float> own = new ArrayList<>();
      for (int i = 0; i < numbers; i++) {
        own.add((float) (center[i] * scales[i]));
      }
      centers.add(own);
    }
    return new Clusters(centers, floats(scales));
  }

  private static AbstractRandomGenerator chance(long seed) {
    RandomStream stream = RandomStream.of(seed, "clusters");
    return new AbstractRandomGenerator() {
      @Override
      public void setSeed(long other) {
        throw new UnsupportedOperationException("a stream keeps the seed that names it");
      }

      @Override
      public double nextDouble() {
        return stream.nextDouble();
      }
    };
  }

  /** The standard deviations; 1 for a number that never changes. */
  private static float[] scales(float[] observations, int numbers) {
    int rows = observations.length / numbers;
    float[] scales = new float[numbers];
    for (int i = 0; i < numbers; i++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += observations[row * numbers + i];
      }
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        double off = observations[row * numbers + i] - sum / rows;
        squares += off * off;
      }
      float deviation = (float) Math.sqrt(squares / rows);
      scales[i] = deviation > 0 ? deviation : 1;
    }
    return scales;
  }

  private static List<Float> floats(float... values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  @Override
  public int numbers() {
    return scales.size();
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public long count() {
    return centers.size();
  }

  @Override
  public boolean has(float[] cell) {
    return Discretization.isBelow(cell[0], centers.size());
  }

  @Override
  public float[] cell(float[] observation, int at, int layer) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int cluster = 0; cluster < centers.size(); cluster++) {
      double distance = 0;
      for (int i = 0; i < scales.size(); i++) {
        double off = (observation[at + i] - centers.get(cluster).get(i)) / scales.get(i);
        distance += off * off;
      }
      if (distance < least) {
        least = distance;
        nearest = cluster;
      }
    }
    return new float[] {nearest};
  }

  @Override
  public void middle(float[] cell, float[] observation) {
    for (int i = 0; i < numbers(); i++) {
      observation[i] = centers.get((int) cell[0]).get(i);
    }
  }

  @Override
  public String summary() {
    return centers.size() + " clusters";
  }

  @Override
  public Tensors save() {
    float[] all = new float[centers.size() * numbers()];
    for (int i = 0; i < all.length; i++) {
      all[i] = centers.get(i / numbers()).get(i % numbers());
    }
    float[] scale = new float[numbers()];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = scales.get(i);
    }
    return new Tensors().put("centres", all, centers.size(), numbers()).put("scales", scale);
  }

  static Clusters of(Tensors saved) {
    float[] scales = saved.floats("scales");
    int[] shape = saved.shape("centres");
    if (shape.length != 2 || shape[1] != scales.length || scales.length == 0) {
      throw new RetortException(
          "clusters: expected centers of shape (clusters, %s), got %s."
              .formatted(scales.length, Arrays.toString(shape)));
    }
    float[] all = saved.floats("centres");
    List<List<Float>> centers = new ArrayList<>();
    for (int i = 0; i < shape[0]; i++) {
      centers.add(floats(Arrays.copyOfRange(all, i * shape[1], (i + 1) * shape[1])));
    }
    return new Clusters(centers, floats(scales));
  }
}
