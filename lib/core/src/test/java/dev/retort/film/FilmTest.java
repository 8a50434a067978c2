package dev.retort.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retort.Retort;
import dev.retort.RetortException;
import dev.retort.distribution.Categorical;
import dev.retort.env.Env;
import dev.retort.env.Environments;
import dev.retort.env.Sign;
import dev.retort.env.control.CartPole;
import dev.retort.env.grid.FourRooms;
import dev.retort.nn.Mlp;
import dev.retort.policy.Clock;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.space.Discrete;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmTest {
  @Test
  void aFilmHasAFrameForEveryStepAndEveryBeginning() {
    Film film = Film.of(new CartPole(), Scripted.balance(), new Take(40, 25, 0), 240, 160);
    assertThat(film.frames()).isEqualTo(41);
    assertThat(AnimatedGif.decode(film.gif())).hasSize(41);
    assertThat(film.toString())
        .startsWith("Film of " + film.title() + ": 41 frames, 240×160, 25.00 fps, ");
    assertThat(new String(film.gif(), 0, 6, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("GIF89a");
  }

  @Test
  void delaysAddUpToTheTimeThatWasAskedForAndEpisodesEndWithAPause() throws IOException {
    Film film = Film.of(new CartPole(), Scripted.balance(), new Take(59, 30, 0), 96, 64);
    List<Integer> delays = delays(film);
    assertThat(delays).hasSize(60);
    assertThat(delays.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200 + 70);
    assertThat(delays.subList(0, 59)).allMatch(delay -> delay == 3 || delay == 4);
  }

  @Test
  void anInterruptEndsTheFilming() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> Film.of(new CartPole(), Scripted.balance(), new Take(40, 25, 0), 96, 64))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("film: stopped by an interrupt");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void severalEpisodesAreShownInTurn() {
    List<Roll.Shot> shots = Roll.of(new CartPole(), Scripted.fall(), new Take(30, 25, 0));
    assertThat(shots).filteredOn(Roll.Shot::last).hasSizeGreaterThan(2);
    assertThat(shots.get(0).caption()).isEqualTo("episode 0   step 0   return 0");
    assertThat(shots).anyMatch(shot -> shot.caption().endsWith("terminated"));
    assertThat(shots).anyMatch(shot -> shot.caption().startsWith("episode 2   step 0"));
  }

  @Test
  void aPolicyWithMemoryBeginsEveryEpisodeAnew() {
    List<Roll.Shot> shots = Roll.of(new Clock(), Clock.counter(), new Take(100, 25, 0));
    assertThat(shots).filteredOn(Roll.Shot::last).hasSizeGreaterThan(5);
    assertThat(shots)
        .as("every step of every episode pays 1")
        .allMatch(shot -> shot.caption().matches("episode \\d+ +step (\\d+) +return \\1\\b.*"));
  }

  @Test
  void whatDoesNotMoveKeepsItsColorInEveryFrame() {
    FourRooms rooms = new FourRooms().train(3);
    Film film = Film.of(rooms, Scripted.walk(rooms), new Take(60, 10, 0), 320, 344);
    List<BufferedImage> frames = AnimatedGif.decode(film.gif());
    List<Integer> corner = new ArrayList<>();
    for (BufferedImage frame : frames) {
      corner.add(frame.getRGB(10, 10));
    }
    assertThat(corner).containsOnly(corner.get(0));
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    Film one = Film.of(new CartPole(), Scripted.fall(), new Take(30, 25, 5), 120, 100);
    Film two = Film.of(new CartPole(), Scripted.fall(), new Take(30, 25, 5), 120, 100);
    assertThat(one.gif()).isEqualTo(two.gif());
  }

  /** A third of the choices is to the left, the preferred one to the right always. */
  @Test
  void whoActsStochasticallyDrawsAndElseDoesWhatItPrefers() {
    CartPole env = new CartPole();
    float[] parameters = new float[10];
    parameters[9] = (float) Math.log(2);
    Policy policy =
        new NetworkPolicy(
            "leans", env.observations(), new Categorical(new Discrete(2)), Mlp.of(), parameters);
    Predicate<List<Roll.Shot>> alwaysRight =
        shots ->
            IntStream.range(1, shots.size())
                .filter(i -> !shots.get(i - 1).last())
                .filter(i -> shots.get(i).caption().contains("episode 0"))
                .allMatch(i -> shots.get(i).state()[1] > shots.get(i - 1).state()[1]);
    assertThat(alwaysRight.test(Roll.of(env, policy, new Take(200, 25, 0)))).isTrue();
    assertThat(alwaysRight.test(Roll.of(env, policy, new Take(200, 25, 0, true)))).isFalse();
    Film drawn = Retort.render(policy).on(env).steps(40).stochastic().run();
    assertThat(drawn.gif())
        .isEqualTo(Retort.render(policy).on(env).steps(40).stochastic().run().gif());
    assertThat(drawn.gif()).isNotEqualTo(Retort.render(policy).on(env).steps(40).run().gif());
  }

  @Test
  void severalPoliciesStandSideBySideInTheSameEpisodes() {
    List<String> names = List.of("one", "other");
    List<Policy> policies = List.of(Scripted.balance(), Scripted.fall());
    List<Env> envs = List.of(new CartPole(), new CartPole().with("gravity", 3));
    SideBySide grid = SideBySide.of(names, policies, envs, 2, new Take(30, 25, 5), 120, 90);
    assertThat(grid.cells())
        .extracting(SideBySide.Cell::who)
        .containsExactly("one", "other", "one", "other");
    assertThat(grid.cells().get(1).shots().get(0).state())
        .isEqualTo(grid.cells().get(0).shots().get(0).state());
    int last = grid.frames() - 1;
    assertThat(grid.cells().get(0).shots()).as("it balances").hasSize(31);
    assertThat(last).as("beginnings of the others").isGreaterThan(31);
    assertThat(IntStream.rangeClosed(0, last).filter(grid::isHeld)).containsExactly(last);
    SideBySide.Canvas canvas = grid.scaled(1);
    for (int frame : new int[] {0, 12, last}) {
      BufferedImage all = canvas.paint(frame);
      assertThat(all.getWidth()).isEqualTo(240);
      assertThat(all.getHeight()).isEqualTo(canvas.height());
      for (int cell = 0; cell < 4; cell++) {
        SideBySide.Cell is = grid.cells().get(cell);
        Roll.Shot shot = is.shots().get(Math.min(frame, is.shots().size() - 1));
        BufferedImage alone = new Painter(is.env(), 120, 90, false).paint(shot);
        int top = cell / 2 * 126 + 36;
        for (int x = 0; x < 120; x += 7) {
          for (int y = 0; y < 90; y += 3) {
            assertThat(all.getRGB(x + 120 * (cell % 2), y + top)).isEqualTo(alone.getRGB(x, y));
          }
        }
      }
    }
    Film film = Film.of(names, policies, envs, new Take(30, 25, 5), 180);
    assertThat(film.title()).isEqualTo("one, other on CartPole, CartPole");
    assertThat(AnimatedGif.decode(film.gif())).hasSize(grid.frames());
  }

  @Test
  void environmentsStandSideBySideWhereThatHasTheBetterShape() {
    assertThat(SideBySide.columns(2, 4, 1)).as("square pictures").isEqualTo(4);
    assertThat(SideBySide.columns(2, 6, 3)).as("wide pictures").isEqualTo(2);
    assertThat(SideBySide.columns(3, 1, 1)).isEqualTo(3);
    assertThat(SideBySide.columns(1, 4, 1)).isEqualTo(4);
    List<Env> envs = List.of(new CartPole(), new CartPole().with("gravity", 3), new CartPole());
    List<Policy> policies = List.of(Scripted.balance(), Scripted.fall());
    List<String> names = List.of("one", "other");
    SideBySide across = SideBySide.of(names, policies, envs, 2, new Take(30, 25, 5), 120, 90);
    SideBySide down = SideBySide.of(names, policies, envs, 3, new Take(30, 25, 5), 120, 90);
    assertThat(down.cells())
        .extracting(SideBySide.Cell::who)
        .containsExactly("one", "one", "one", "other", "other", "other");
    for (int env = 0; env < 3; env++) {
      assertThat(down.cells().get(3 + env).env()).isSameAs(envs.get(env));
      assertThat(down.cells().get(3 + env).shots())
          .usingRecursiveComparison()
          .isEqualTo(across.cells().get(2 * env + 1).shots());
    }
    assertThat(down.scaled(1).paint(0).getWidth()).isEqualTo(360);
    assertThat(down.scaled(1).paint(0).getHeight()).isEqualTo(down.scaled(1).height());
  }

  @Test
  void wordsThatDoNotFitAreCut() {
    assertThat(Legend.cut("RobotRooms", 100, 8)).isEqualTo("RobotRooms");
    assertThat(Legend.cut("RobotRooms-quadruped", 100, 8)).isEqualTo("RobotRoom…");
    assertThat(Legend.cut("RobotRooms-quadruped", 100, 6.8)).isEqualTo("RobotRooms…");
    assertThat(Legend.cut("RobotRooms", 1, 6.8)).isEqualTo("R…");
  }

  @Test
  void filmsStayBelowTwoMegabytes() {
    Film film =
        Film.of(new Noise(), new Scripted(new Noise(), seen -> 0), new Take(40, 50, 0), 256, 256);
    assertThat(film.gif().length).isLessThanOrEqualTo(Film.LARGEST);
    assertThat(film.frames()).isLessThan(41);
  }

  @Test
  void aContactSheetShowsTheFirstAndTheLastFrame() throws IOException {
    Film film = Film.of(new CartPole(), Scripted.fall(), new Take(20, 25, 0), 96, 64);
    List<BufferedImage> frames = AnimatedGif.decode(film.gif());
    BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(film.contactSheetPng(6)));
    assertThat(sheet.getWidth()).isEqualTo(3 * (96 + 8) + 8);
    assertThat(sheet.getHeight()).isEqualTo(2 * (64 + 8) + 8);
    assertThat(sheet.getRGB(8 + 50, 8 + 40)).isEqualTo(frames.get(0).getRGB(50, 40));
    assertThat(sheet.getRGB(8 + 2 * 104 + 50, 8 + 72 + 40))
        .isEqualTo(frames.get(frames.size() - 1).getRGB(50, 40));
  }

  @Test
  void aFilmIsSavedWholeAndLeavesNothingBeside(@TempDir Path folder) throws IOException {
    Film film = Film.of(new CartPole(), Scripted.fall(), new Take(5, 25, 0), 96, 64);
    Path path = folder.resolve("deep/er/film.gif");
    film.save(path);
    film.save(path);
    assertThat(Files.readAllBytes(path)).isEqualTo(film.gif());
    try (var files = Files.list(path.getParent())) {
      assertThat(files).containsExactly(path);
    }
    assertThatThrownBy(() -> film.save(path.resolve("inside.gif")))
        .isInstanceOf(RetortException.class)
        .hasMessageStartingWith("save film: expected to write '");
    assertThatThrownBy(() -> film.save(folder.resolve("film.mp4")))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "save film: expected a file that ends in .gif, got '%s'. Name it 'film.gif'.",
            folder.resolve("film.mp4"));
    assertThat(folder.resolve("film.mp4")).doesNotExist();
  }

  @Test
  void whatCannotBeFilmedIsRefused() {
    assertThatThrownBy(() -> Film.of(new FourRooms(), Scripted.balance(), new Take(10, 25, 0)))
        .isInstanceOf(RetortException.class)
        .hasMessage(
            "film: expected a policy from 3×19×19 numbers to 3 choices for FourRooms, got 'scripted' from 4 numbers to 2 choices. Film it in its own environment.");
    assertThatThrownBy(() -> Film.of(new CartPole(), Scripted.balance(), new Take(10, 60, 0)))
        .hasMessage("film: expected fps from 1 to 50, got 60.");
  }

  @Test
  void aFilmSaysBelowItsPicturesWhatColorsMean() {
    CartPole env = new CartPole();
    Film film = Film.of(env, Scripted.fall(), new Take(5, 25, 0));
    assertThat(film.legend()).isEqualTo(env.legend());
    assertThat(film.toString()).contains("yellow rod: pole, dark box: cart");
    assertThat(film.height()).isEqualTo(Film.height(env, film.width(), 320)).isGreaterThan(344);
    BufferedImage below =
        AnimatedGif.decode(film.gif())
            .get(0)
            .getSubimage(0, 344, film.width(), film.height() - 344);
    for (Sign sign : env.legend()) {
      assertThat(IntStream.range(0, below.getWidth() * below.getHeight()))
          .as(sign.looks())
          .anyMatch(
              i -> isNear(sign.color(), below.getRGB(i % below.getWidth(), i / below.getWidth())));
    }
    assertThat(Film.of(env, Scripted.fall(), new Take(5, 25, 0), 96, 64).height())
        .as("a small film is all picture")
        .isEqualTo(64);
  }

  private static boolean isNear(Color color, int pixel) {
    Color seen = new Color(pixel);
    return Math.abs(color.getRed() - seen.getRed()) < 20
        && Math.abs(color.getGreen() - seen.getGreen()) < 20
        && Math.abs(color.getBlue() - seen.getBlue()) < 20;
  }

  @Test
  void everyEnvironmentThatDrawsItselfSaysWhatItsColorsMean() {
    for (Env env : Environments.all()) {
      assertThat(env.legend()).as(env.name()).isNotEmpty();
      assertThat(env.legend().stream().map(Sign::meaning)).as(env.name()).doesNotHaveDuplicates();
    }
  }

  private static List<Integer> delays(Film film) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    List<Integer> delays = new ArrayList<>();
    try (ImageInputStream in =
        ImageIO.createImageInputStream(new ByteArrayInputStream(film.gif()))) {
      reader.setInput(in);
      for (int i = 0; i < film.frames(); i++) {
        IIOMetadataNode root =
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode control =
            (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
        delays.add(Integer.parseInt(control.getAttribute("delayTime")));
        assertThat(root.getElementsByTagName("LocalColorTable").getLength()).isZero();
      }
    } finally {
      reader.dispose();
    }
    return delays;
  }
}
